// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import type { VirtualItem } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Lock } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { Field } from '@/lib/query-event';
import { columnKind, typeLabel } from './column-type';
import { pinnedCell } from './grid-row';
import { TypeIcon } from './type-icon';
import type { Columns } from './use-columns';

/** A column whose cells are closed to the reader, and why. */
export type LockedColumn = { name: string; reason: string };

/** Pixels of a locked column. */
export const lockedWidth = 128;

type LockedHeaderProps = { column: LockedColumn; number: number; left: number };

/** Stands for a column behind the others: that it is there, and that it is closed. */
export function LockedHeader({ column: { name, reason }, number, left }: LockedHeaderProps) {
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
  /** It is on its way to another place. */
  isDragged: boolean;
  children: ReactNode;
};

/** Name and type of a column, and its edge. */
export function HeaderCell({ field, index, column, pinned, sizing, ...rest }: HeaderCellProps) {
  const kind = columnKind(field);
  const isPinned = column.index < pinned;
  return (
    <div
      role="columnheader"
      aria-colindex={column.index + 2}
      aria-sort={rest.sort}
      data-header={index}
      data-place={column.index}
      title={`${field.name}\n${typeLabel(field)}`}
      className={clsx(
        'top-0 flex h-full items-center gap-1 border-r px-2',
        rest.isDragged && 'text-ink-faint',
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
      {rest.children}
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
      data-resize
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
