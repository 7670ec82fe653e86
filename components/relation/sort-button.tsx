import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { Direction } from './sort';

export type SortButtonProps = {
  column: string;
  sort: { direction: Direction; place: number } | null;
  isOneOfSeveral: boolean;
  onSort: (isAdding: boolean) => void;
};

const icons = { asc: ArrowUp, desc: ArrowDown, none: ArrowUpDown };

/**
 * Lies over a column's whole header: a click goes through ascending, descending and none, with Shift beside the other
 * columns. The keyboard sorts from a cell (S), so that a thousand headers are not a thousand stops.
 */
export function SortButton({ column, sort, isOneOfSeveral, onSort }: SortButtonProps) {
  const Icon = icons[sort?.direction ?? 'none'];
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Sort by ${column}`}
      title={`${titleOf(sort)}; with Shift, beside other columns`}
      onClick={(event) => onSort(event.shiftKey)}
      className="group/sort absolute inset-0 flex items-start justify-end px-1.5 pt-1.5 hover:bg-hover/40"
    >
      <span
        className={clsx(
          'flex items-center rounded-sm bg-canvas text-xs leading-3',
          sort ? 'text-accent' : 'text-ink-faint opacity-0 group-hover/sort:opacity-100',
        )}
      >
        {sort && isOneOfSeveral ? sort.place : null}
        <Icon aria-hidden className="size-3" />
      </span>
    </button>
  );
}

function titleOf(sort: SortButtonProps['sort']): string {
  if (!sort) return 'Sort ascending';
  return sort.direction === 'asc' ? 'Sort descending' : 'Do not sort by it';
}
