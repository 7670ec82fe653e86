// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import type { VirtualItem } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Lock } from 'lucide-react';
import { memo, type ReactNode, useRef } from 'react';
import type { Field } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import { columnKind, typeLabel } from './column-type';
import { pinnedCell } from './grid-row';
import { TypeIcon } from './type-icon';
import type { Columns } from './use-columns';
import { headerHeight } from './use-viewport';

export type GridHeaderProps = {
  fields: readonly Field[];
  columns: readonly VirtualItem[];
  places: Arrangement['places'];
  pinned: number;
  sizing: Columns;
  width: number;
  gutter: number;
  headerSlot?: (column: number) => ReactNode;
  sortOf?: (column: number) => 'ascending' | 'descending' | undefined;
  locked: readonly LockedColumn[];
};

/** A column whose cells are closed to the reader, and why. */
export type LockedColumn = { name: string; reason: string };

/** Pixels of a locked column. */
export const lockedWidth = 128;

/** The sticky first row: name and type of each column, and an edge to drag. */
export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { fields, columns, places, pinned, sizing, width, gutter, locked, ...rest } = props;
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 flex min-w-full border-line-strong border-b bg-canvas"
      style={{ width: width + locked.length * lockedWidth, height: headerHeight }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        className="sticky left-0 z-10 h-full shrink-0 border-line border-r bg-canvas"
        style={{ width: gutter }}
      >
        <span className="sr-only">Row number</span>
      </div>
      {columns.map((column) => {
        const index = places[column.index] ?? column.index;
        const field = fields[index];
        return field ? (
          <HeaderCell
            key={column.key}
            {...{ field, index, column, pinned, sizing }}
            sort={rest.sortOf?.(index)}
          >
            {rest.headerSlot?.(index)}
          </HeaderCell>
        ) : null;
      })}
      {locked.map((column, index) => (
        <LockedHeader
          key={column.name}
          column={column}
          number={places.length + index + 2}
          left={width + index * lockedWidth}
        />
      ))}
    </div>
  );
});

type LockedHeaderProps = { column: LockedColumn; number: number; left: number };

/** Stands for a column behind the others: that it is there, and that it is closed. */
function LockedHeader({ column: { name, reason }, number, left }: LockedHeaderProps) {
  return (
    <div
      role="columnheader"
      aria-colindex={number}
      title={`${name}\n${reason}`}
      className="absolute top-0 flex h-full items-center gap-1.5 border-line border-r bg-sunken px-2 text-ink-soft"
      style={{ left, width: lockedWidth }}
    >
      <Lock aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{name}</span>
      <span className="sr-only">is closed. {reason}</span>
    </div>
  );
}

type HeaderCellProps = {
  field: Field;
  /** The field's own, wherever it is shown. */
  index: number;
  column: VirtualItem;
  pinned: number;
  sizing: Columns;
  sort: 'ascending' | 'descending' | undefined;
  children: ReactNode;
};

function HeaderCell({ field, index, column, pinned, sizing, sort, children }: HeaderCellProps) {
  const kind = columnKind(field);
  const isPinned = column.index < pinned;
  return (
    <div
      role="columnheader"
      aria-colindex={column.index + 2}
      aria-sort={sort}
      data-header={index}
      title={`${field.name}\n${typeLabel(field)}`}
      className={clsx(
        'top-0 flex h-full items-center gap-1 border-r px-2',
        isPinned ? clsx(pinnedCell(column.index === pinned - 1), 'bg-canvas') : 'absolute border-line',
      )}
      style={{ left: column.start, width: column.size }}
    >
      <div className={clsx('min-w-0 flex-1', kind === 'number' && 'text-right')}>
        <div className="truncate font-medium leading-4">{field.name}</div>
        <div className={clsx('flex items-center gap-1', kind === 'number' && 'justify-end')}>
          <TypeIcon kind={kind} />
          <span className="truncate text-ink-faint text-xs">{typeLabel(field)}</span>
        </div>
      </div>
      {children}
      <ResizeHandle index={index} width={column.size} sizing={sizing} />
    </div>
  );
}

type ResizeHandleProps = { index: number; width: number; sizing: Columns };

/** The right edge of a column: dragged, it makes the column wider or narrower; a double click gives the first width. */
function ResizeHandle({ index, width, sizing }: ResizeHandleProps) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const end = () => {
    if (from.current !== null) sizing.keep(index);
    from.current = null;
  };
  return (
    <div
      aria-hidden
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={({ clientX }) => {
        if (from.current !== null) sizing.resize(index, from.current.width + clientX - from.current.x);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => sizing.resetWidth(index)}
      className="absolute inset-y-0 -right-px w-2 cursor-col-resize touch-none border-transparent border-r-2 hover:border-accent"
    />
  );
}
