import { useState } from 'react';
import { Button, buttonStyle } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatBytes, formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import type { Cell, Field } from '@/lib/query-event';
import { columnKind, typeLabel } from './column-type';
import type { Position } from './grid-selection';
import { prettyJson } from './json-text';
import { useWholeCell, type WholeState } from './use-whole-cell';

export type CellPanelProps = {
  field: Field;
  position: Position;
  value: Cell;
  /** The full length in bytes of a value that arrived cut. */
  bytes: number | undefined;
  /** What the row's gutter says. */
  rowNumber: number;
  /** Where the whole of it is; null where it can't be had. */
  href: string | null;
  onClose: () => void;
};

/** Bytes of a value that the panel still shows; a longer one can be downloaded. */
const shownBytes = 4 * 1024 * 1024;

/** One cell in full: its text as PostgreSQL sent it, and JSON laid out over lines. */
export function CellPanel(props: CellPanelProps) {
  const { field, position, value, bytes, rowNumber, href, onClose } = props;
  const whole = useWholeCell(href);
  const isCut = bytes !== undefined && whole.state !== 'loaded';
  const shown = whole.state === 'loaded' ? whole.value : value;
  return (
    <Panel
      title={field.name}
      onClose={onClose}
      actions={shown === null ? null : <CopyButton text={shown} label="Copy value" />}
    >
      <p className="mb-2 text-ink-soft text-sm">
        {typeLabel(field)} · row {formatCount(rowNumber)} · {lengthInWords(shown)}
      </p>
      {isCut ? <CutNote bytes={bytes} href={href} state={whole.state} onLoad={whole.load} /> : null}
      <CellText
        key={`${position.row} ${position.column}`}
        value={shown}
        isJson={!isCut && columnKind(field) === 'json'}
      />
    </Panel>
  );
}

type CutNoteProps = {
  bytes: number;
  href: string | null;
  state: WholeState;
  onLoad: () => void;
};

function CutNote({ bytes, href, state, onLoad }: CutNoteProps) {
  return (
    <div className="mb-2 rounded-md bg-warning-soft px-2 py-1.5 text-sm text-warning">
      <p>The value is {formatBytes(bytes)} long; only its beginning was sent.</p>
      {href === null ? null : (
        <p className="mt-1.5 flex gap-2">
          {bytes <= shownBytes ? (
            <Button size="small" disabled={state === 'loading'} onClick={onLoad}>
              {state === 'loading' ? 'Loading the whole value' : 'Load the whole value'}
            </Button>
          ) : null}
          <a href={href} download className={buttonStyle('secondary', 'small')}>
            Download
          </a>
        </p>
      )}
      {state === 'failed' ? (
        <p role="alert" className="mt-1">
          The whole value could not be loaded. Read the page again, then try once more.
        </p>
      ) : null}
    </div>
  );
}

function CellText({ value, isJson }: { value: Cell; isJson: boolean }) {
  const [isStored, setStored] = useState(false);
  if (value === null) return <p className="text-ink-faint">NULL</p>;
  if (value === '') return <p className="text-ink-faint">empty string</p>;
  const pretty = isJson ? prettyJson(value) : null;
  return (
    <>
      {pretty === null ? null : (
        <Button size="small" className="mb-2" aria-pressed={isStored} onClick={() => setStored(!isStored)}>
          As stored
        </Button>
      )}
      <pre className="whitespace-pre-wrap break-words font-mono text-sm">
        {pretty === null || isStored ? value : pretty}
      </pre>
    </>
  );
}

function lengthInWords(value: Cell): string {
  if (value === null) return 'no value';
  const length = [...value].length;
  return `${formatCount(length)} ${length === 1 ? 'character' : 'characters'}`;
}
