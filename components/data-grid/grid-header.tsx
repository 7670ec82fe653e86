// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import type { VirtualItem } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Field } from '@/lib/query-event';
import { columnKind, typeLabel } from './column-type';
import { TypeIcon } from './type-icon';
import type { Columns } from './use-columns';
import { headerHeight } from './use-viewport';

export type GridHeaderProps = {
  fields: readonly Field[];
  columns: readonly VirtualItem[];
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
export function GridHeader({ fields, columns, sizing, width, gutter, locked, ...rest }: GridHeaderProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 min-w-full border-line-strong border-b bg-canvas"
      style={{ width: width + locked.length * lockedWidth, height: headerHeight }}
    >
      <div
        role="columnheader"
        aria-colindex={1}
        className="sticky left-0 z-10 h-full border-line border-r bg-canvas"
        style={{ width: gutter }}
      >
        <span className="sr-only">Row number</span>
      </div>
      {columns.map((column) => {
        const field = fields[column.index];
        return field ? (
          <HeaderCell key={column.key} {...{ field, column, sizing }} sort={rest.sortOf?.(column.index)}>
            {rest.headerSlot?.(column.index)}
          </HeaderCell>
        ) : null;
      })}
      {locked.map((column, index) => (
        <LockedHeader
          key={column.name}
          column={column}
          number={fields.length + index + 2}
          left={width + index * lockedWidth}
        />
      ))}
    </div>
  );
}

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
  column: VirtualItem;
  sizing: Columns;
  sort: 'ascending' | 'descending' | undefined;
  children: ReactNode;
};

function HeaderCell({ field, column, sizing, sort, children }: HeaderCellProps) {
  const kind = columnKind(field);
  const startResizing = sizing.resizeHandler(column.index);
  return (
    <div
      role="columnheader"
      aria-colindex={column.index + 2}
      aria-sort={sort}
      data-header={column.index}
      title={`${field.name}\n${typeLabel(field)}`}
      className="absolute top-0 flex h-full items-center gap-1 border-line border-r px-2"
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
      <div
        aria-hidden
        onMouseDown={startResizing}
        onTouchStart={startResizing}
        onDoubleClick={() => sizing.resetWidth(column.index)}
        className="absolute inset-y-0 -right-px w-2 cursor-col-resize touch-none border-transparent border-r-2 hover:border-accent"
      />
    </div>
  );
}
