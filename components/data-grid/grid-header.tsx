// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import type { VirtualItem } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
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
};

/** The sticky first row: name and type of each column, and an edge to drag. */
export function GridHeader({ fields, columns, sizing, width, gutter, ...rest }: GridHeaderProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 min-w-full border-line-strong border-b bg-canvas"
      style={{ width, height: headerHeight }}
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
