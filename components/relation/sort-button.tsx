import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Direction } from './sort';

export type SortButtonProps = {
  column: string;
  sort: { direction: Direction; place: number } | null;
  isOneOfSeveral: boolean;
  onSort: (isAdding: boolean) => void;
};

/**
 * Lies over a column's whole header: a click goes through ascending, descending and none, with Shift beside the other
 * columns. The keyboard sorts from a cell (S), so that a thousand headers are not a thousand stops.
 */
export function SortButton({ column, sort, isOneOfSeveral, onSort }: SortButtonProps) {
  const Icon = sort?.direction === 'desc' ? ArrowDown : ArrowUp;
  return (
    <>
      {sort ? (
        <span aria-hidden className="flex shrink-0 items-center text-accent text-xs">
          {isOneOfSeveral ? sort.place : null}
          <Icon className="size-3" />
        </span>
      ) : null}
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Sort by ${column}`}
        title={`${column}\n${titleOf(sort)}; with Shift, beside other columns`}
        onClick={(event) => onSort(event.shiftKey)}
        className="absolute inset-0 hover:bg-ink/5"
      />
    </>
  );
}

function titleOf(sort: SortButtonProps['sort']): string {
  if (!sort) return 'Sort ascending';
  return sort.direction === 'asc' ? 'Sort descending' : 'Do not sort by it';
}
