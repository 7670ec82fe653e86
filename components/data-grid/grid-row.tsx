// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active cell
import type { VirtualItem } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { formatCount } from '@/components/ui/format';
import type { Cell } from '@/lib/query-event';
import { CellValue } from './cell-value';
import type { ColumnKind } from './column-type';
import { rowHeight } from './use-viewport';

/** Where a cell leads; `label` says it in words. */
export type CellLink = { href: string; label: string };
export type LinkOf = (row: number, column: number) => CellLink | null;

/** What a cell waits for: another value, its default, to be inserted, or to be deleted with its row. */
export type CellMark = 'changed' | 'default' | 'inserted' | 'deleted';
export type MarkOf = (row: number, column: number) => CellMark | undefined;

export type GridRowProps = {
  gridId: string;
  cells: readonly Cell[];
  cuts: ReadonlyMap<number, number> | undefined;
  index: number;
  /** What the gutter says. */
  number: number;
  top: number;
  width: number;
  gutter: number;
  columns: readonly VirtualItem[];
  /** The field of each column. */
  places: readonly number[];
  /** So many of the first columns stay in sight. */
  pinned: number;
  kinds: readonly ColumnKind[];
  /** First and last selected column, -1 when the row holds none. */
  left: number;
  right: number;
  /** The whole row is. */
  isPicked: boolean;
  /** The column of the active cell, -1 when it is in another row. */
  active: number;
  linkOf: LinkOf | undefined;
  markOf: MarkOf | undefined;
};

/** One row; only the columns near the viewport. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, number, top, width, gutter, columns, left, right } = props;
  const isSelected = left >= 0;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isPicked}
      className="absolute left-0 flex border-line border-b"
      style={{ top, width, height: rowHeight }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        data-row={index}
        className={clsx(
          'sticky left-0 z-10 shrink-0 cursor-pointer border-line border-r px-2 text-right text-sm leading-[27px]',
          gutterStyle(props.isPicked, isSelected),
        )}
        style={{ width: gutter }}
      >
        {formatCount(number)}
      </div>
      {columns.map((column) => (
        <GridCell
          key={column.key}
          row={props}
          column={column}
          isSelected={isSelected && column.index >= left && column.index <= right}
        />
      ))}
    </div>
  );
});

function gutterStyle(isPicked: boolean, isSelected: boolean): string {
  if (isPicked) return 'bg-accent text-accent-ink';
  return isSelected ? 'bg-accent-soft text-ink' : 'bg-canvas text-ink-faint hover:text-ink';
}

const markStyles: Record<CellMark, string> = {
  changed: 'bg-warning-soft',
  default: 'bg-warning-soft',
  inserted: 'bg-success-soft',
  deleted: 'bg-danger-soft line-through',
};

const markWords: Record<CellMark, string> = {
  changed: ', changed',
  default: '',
  inserted: ', to be inserted',
  deleted: ', to be deleted',
};

type GridCellProps = { row: GridRowProps; column: VirtualItem; isSelected: boolean };

function GridCell({ row, column, isSelected }: GridCellProps) {
  const field = row.places[column.index] ?? column.index;
  const value = row.cells[field] ?? null;
  const isActive = row.active === column.index;
  const isPinned = column.index < row.pinned;
  const mark = row.markOf?.(row.index, field);
  return (
    <div
      role="gridcell"
      id={cellId(row.gridId, row.index, column.index)}
      aria-colindex={column.index + 2}
      aria-selected={isSelected}
      data-row={row.index}
      data-column={column.index}
      title={value === '' ? 'empty string' : undefined}
      className={clsx(
        'flex h-full items-center overflow-hidden border-r px-2 font-mono text-sm',
        isPinned ? pinnedCell(column.index === row.pinned - 1) : 'absolute border-line',
        isPinned && !mark && !isSelected && 'bg-surface',
        row.kinds[field] === 'number' && value !== null && 'justify-end',
        mark && markStyles[mark],
        isSelected && 'bg-accent-soft [&_.text-ink-faint]:text-ink-soft',
        isActive && '-outline-offset-2 outline-2 outline-line-control group-focus/grid:outline-accent',
      )}
      style={{ left: column.start, width: column.size }}
    >
      {mark === 'default' ? (
        <span className="text-ink-soft italic">default</span>
      ) : (
        <CellValue value={value} bytes={row.cuts?.get(field)} />
      )}
      {mark ? <span className="sr-only">{markWords[mark]}</span> : null}
      <LinkMark link={row.linkOf?.(row.index, field) ?? null} />
    </div>
  );
}

/** How a column stays where it is while the others go by; the last one has an edge. */
export function pinnedCell(isLast: boolean): string {
  return clsx('sticky z-[5] shrink-0', isLast ? 'border-line-strong' : 'border-line');
}

/** The way to the row that a cell names; the cell around it stays a cell to select. */
function LinkMark({ link }: { link: CellLink | null }) {
  if (!link) return null;
  return (
    <Link
      href={link.href}
      prefetch={false}
      tabIndex={-1}
      aria-label={link.label}
      title={link.label}
      className="-mr-1 ml-0.5 flex h-5 shrink-0 items-center rounded-sm px-0.5 text-ink-faint hover:bg-hover hover:text-accent"
    >
      <ArrowUpRight aria-hidden className="size-3" />
    </Link>
  );
}

/** The id of a cell in the page, for aria-activedescendant. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}
