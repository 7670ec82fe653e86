import { ListVideo, Play, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { Select } from '@/components/ui/input';
import { Shortcut } from '@/components/ui/shortcut';
import type { Environment, Level } from '@/lib/api-types';

/** How many rows of each statement are sent. */
export const mostRows = 100_000;
const rowLimits = [1_000, 10_000, mostRows] as const;

export type ToolbarProps = {
  isRunning: boolean;
  isCancelling: boolean;
  onRun: () => void;
  onRunAll: () => void;
  onCancel: () => void;
  level: Level;
  levels: readonly Level[];
  onLevel: (level: Level) => void;
  maxRows: number;
  onMaxRows: (maxRows: number) => void;
  environment: Environment;
  status: ReactNode;
};

const levelWords: Record<Level, string> = { read: 'Read', write: 'Write', owner: 'Owner' };

/** The actions of the desk, and how the run goes. */
export function Toolbar(props: ToolbarProps) {
  const { level, environment, status } = props;
  return (
    <div
      role="toolbar"
      aria-label="Run"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-line border-b bg-surface px-3 py-1.5"
    >
      <RunButtons {...props} />
      <span className="mx-1 h-4 w-px bg-line" />
      <RunChoices {...props} />
      {environment === 'production' && level !== 'read' ? (
        <Badge tone="danger">Changes production</Badge>
      ) : null}
      <span className="min-w-0 flex-1 text-right">{status}</span>
    </div>
  );
}

type RunButtonsProps = Pick<ToolbarProps, 'isRunning' | 'isCancelling' | 'onRun' | 'onRunAll' | 'onCancel'>;

function RunButtons({ isRunning, isCancelling, onRun, onRunAll, onCancel }: RunButtonsProps) {
  return (
    <>
      <Button
        variant="primary"
        disabled={isRunning}
        onClick={onRun}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        className="[&_kbd]:border-transparent [&_kbd]:bg-accent-strong [&_kbd]:text-accent-ink"
      >
        <Play aria-hidden />
        Run
        <span aria-hidden>
          <Shortcut keys={['Mod', 'Enter']} />
        </span>
      </Button>
      <Button disabled={isRunning} onClick={onRunAll}>
        <ListVideo aria-hidden />
        Run all
      </Button>
      <Button disabled={!isRunning || isCancelling} onClick={onCancel}>
        <Square aria-hidden />
        {isCancelling ? 'Cancelling…' : 'Cancel'}
      </Button>
    </>
  );
}

type RunChoicesProps = Pick<
  ToolbarProps,
  'isRunning' | 'level' | 'levels' | 'onLevel' | 'maxRows' | 'onMaxRows'
>;

/** At which level the next run works, and how many rows of it are sent. */
function RunChoices({ isRunning, level, levels, onLevel, maxRows, onMaxRows }: RunChoicesProps) {
  return (
    <>
      {levels.length > 1 ? (
        <Select
          aria-label="Level"
          className="w-24!"
          value={level}
          disabled={isRunning}
          onChange={(event) => onLevel(levelOf(event.target.value))}
        >
          {levels.map((each) => (
            <option key={each} value={each}>
              {levelWords[each]}
            </option>
          ))}
        </Select>
      ) : null}
      <Select
        aria-label="Row limit"
        className="w-32!"
        value={maxRows}
        disabled={isRunning}
        onChange={(event) => onMaxRows(Number(event.target.value))}
      >
        {rowLimits.map((limit) => (
          <option key={limit} value={limit}>
            {formatCount(limit)} rows
          </option>
        ))}
      </Select>
    </>
  );
}

function levelOf(value: string): Level {
  return value === 'write' || value === 'owner' ? value : 'read';
}
