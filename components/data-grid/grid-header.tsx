// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import type { VirtualItem } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { type LucideIcon, Square, SquareCheck, SquareMinus } from 'lucide-react';
import { memo } from 'react';
import type { Arrangement } from './arrangement';
import type { GridProps } from './grid-props';
import { HeaderCell, type LockedColumn, LockedHeader, lockedWidth } from './header-cell';
import { useColumnDrag } from './use-column-drag';
import type { Columns } from './use-columns';
import type { PickedPart } from './use-grid';
import { headerHeight } from './use-viewport';

export type GridHeaderProps = Pick<GridProps, 'fields' | 'headerSlot' | 'sortOf' | 'onPlace'> & {
  columns: readonly VirtualItem[];
  arrangement: Arrangement;
  /** So many of the columns stay in sight: as many of the pinned ones as fit. */
  pinned: number;
  sizing: Columns;
  width: number;
  gutter: number;
  locked: readonly LockedColumn[];
  picked: PickedPart;
};

/** The sticky first row: name and type of each column, and an edge to drag; the column itself is dragged to another place. */
export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { fields, columns, arrangement, pinned, sizing, width, gutter, locked, ...rest } = props;
  const { places } = arrangement;
  const { drag, ...handlers } = useColumnDrag(arrangement, rest.onPlace);
  return (
    <div
      role="row"
      aria-rowindex={1}
      {...handlers}
      className={clsx(
        'sticky top-0 z-20 flex min-w-full border-line-strong border-b bg-canvas',
        drag && 'cursor-grabbing',
      )}
      style={{ width: width + locked.length * lockedWidth, height: headerHeight }}
    >
      <Corner gutter={gutter} picked={rest.picked} />
      {columns.map((column) => {
        const index = places[column.index] ?? column.index;
        const field = fields[index];
        return field ? (
          <HeaderCell
            key={column.key}
            {...{ field, index, column, pinned, sizing }}
            sort={rest.sortOf?.(index)}
            isDragged={drag?.field === index}
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
      {drag?.left === undefined ? null : (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-y-0 z-10 w-0.5 -translate-x-1/2 bg-accent"
          style={{ left: drag.left }}
        />
      )}
    </div>
  );
});

const pickedIcons: Record<PickedPart, LucideIcon> = { none: Square, some: SquareMinus, all: SquareCheck };

/** Over the numbers of the rows: selects all of them, or none, and leaves the keys to the grid, where Ctrl-A does it. */
function Corner({ gutter, picked }: { gutter: number; picked: PickedPart }) {
  const Icon = pickedIcons[picked];
  return (
    <div
      role="columnheader"
      aria-colindex={1}
      className="sticky left-0 z-10 h-full shrink-0 border-line border-r bg-canvas"
      style={{ width: gutter }}
    >
      <span className="sr-only">Row number</span>
      <button
        type="button"
        tabIndex={-1}
        data-pick-all
        aria-label="Select all rows that are here"
        title="Select all rows that are here, or none"
        aria-pressed={picked === 'some' ? 'mixed' : picked === 'all'}
        onClick={({ currentTarget }) => currentTarget.closest<HTMLElement>('[role=grid]')?.focus()}
        className="absolute inset-0 flex items-center justify-center text-ink-faint hover:bg-hover hover:text-ink aria-pressed:text-accent"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}
