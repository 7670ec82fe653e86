import { ArrowDown, ArrowUp, Pin } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { IconButton } from '@/components/ui/button';
import type { ArrangedColumn, ColumnLayout } from '@/lib/api-types';
import { changeColumn, isPinned, isShown } from './layout';

export type ColumnItemProps = {
  id: string;
  column: ArrangedColumn;
  /** It is the only one that is shown, and so stays. */
  isLast: boolean;
  onChange: (next: (columns: ColumnLayout) => ColumnLayout) => void;
  onMove: (steps: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** One column of the menu: shown or not, pinned or not, and its way up and down. */
export function ColumnItem({ id, column, isLast, onChange, onMove, onKeyDown }: ColumnItemProps) {
  const { name } = column;
  return (
    <li className="flex items-center gap-1 rounded-sm px-1 focus-within:bg-hover hover:bg-hover">
      <label className="flex min-w-0 flex-1 items-center gap-2 py-1 font-mono text-sm">
        <input
          id={`${id}-shown`}
          type="checkbox"
          checked={isShown(column)}
          disabled={isLast}
          onKeyDown={onKeyDown}
          onChange={({ target }) =>
            onChange((before) => changeColumn(before, name, { is_hidden: target.checked ? undefined : true }))
          }
          className="shrink-0 accent-accent"
        />
        <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{name}</span>
      </label>
      <IconButton
        label={`Pin ${name}`}
        title="Keep it in sight at the left"
        size="small"
        aria-pressed={isPinned(column)}
        onClick={() =>
          onChange((before) => changeColumn(before, name, { is_pinned: isPinned(column) ? undefined : true }))
        }
        className="aria-pressed:text-accent!"
      >
        <Pin aria-hidden />
      </IconButton>
      <IconButton id={`${id}-up`} label={`Move ${name} up`} size="small" onClick={() => onMove(-1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton id={`${id}-down`} label={`Move ${name} down`} size="small" onClick={() => onMove(1)}>
        <ArrowDown aria-hidden />
      </IconButton>
    </li>
  );
}
