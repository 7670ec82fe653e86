import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { DataGrid } from '@/components/data-grid/data-grid';
import type { LockedColumn } from '@/components/data-grid/grid-header';
import type { Bounds, Position } from '@/components/data-grid/grid-selection';
import { indexCuts } from '@/components/data-grid/row-buffer';
import type { RowsPage } from '@/lib/api-types';
import { changeColumn, isPinned, moveColumn } from './columns/layout';
import type { Layout } from './columns/use-layout';
import { type Condition, conditionOfCell } from './conditions';
import type { RowsEditing } from './edit/use-rows-editing';
import { cellHref } from './endpoint';
import { foreignLink } from './foreign-link';
import type { RelationPlace, RowsView } from './rows-view';
import { sortOf } from './sort';
import { SortButton } from './sort-button';

export type RowsGridProps = {
  place: RelationPlace;
  view: RowsView;
  page: RowsPage;
  /** What the page is of: when it changes, the grid begins at the first row again. */
  shownFor: string;
  /** Rows that came to stand before the first one since. */
  before: number;
  /** Asked for more rows; left out where none will come. */
  onEdge: ((edge: 'start' | 'end') => void) | undefined;
  /** How rows are changed here; null where they can't be. */
  editing: RowsEditing | null;
  layout: Layout;
  onSelection: (bounds: Bounds | null) => void;
  /** Shows what a row is tied to by foreign keys. */
  onTies: (row: number) => void;
  /** Goes to an end of all the rows there are; false where that is here, or nowhere. */
  onFarEnd: (end: 'first' | 'last') => boolean;
  /** While other rows are on their way. */
  isDimmed: boolean;
  onSort: (column: string, isAdding: boolean) => void;
  onFilter: (condition: Condition) => void;
};

/** The grid of one page of rows: headers sort, cells of a foreign key lead to the row that they name. */
export function RowsGrid({ place, view, page, shownFor, editing, layout, isDimmed, ...on }: RowsGridProps) {
  const { onSort, onFilter } = on;
  const router = useRouter();
  const shown = editing?.overlay.rows ?? page.rows;
  const cuts = useMemo(() => indexCuts(page.cut), [page]);
  const locked = useMemo(() => lockedColumns(page), [page]);
  const { server, database } = place;
  const linkOf = useCallback(
    (row: number, column: number) => foreignLink({ server, database }, page, row, column),
    [server, database, page],
  );
  const onCellKey = (event: KeyboardEvent, at: Position, bounds: Bounds): boolean => {
    const { row, column } = at;
    if (editing?.onKey(event, bounds)) return true;
    const field = page.fields[column];
    const isFar = event.ctrlKey || event.metaKey;
    if (!field || event.altKey) return false;
    const link = isFar && event.key === 'Enter' ? linkOf(row, column) : null;
    if (link) router.push(link.href);
    else if (isFar)
      return !event.shiftKey && isEnd(event.key) && on.onFarEnd(event.key === 'Home' ? 'first' : 'last');
    else if (event.code === 'KeyS' && field.is_sortable) onSort(field.name, event.shiftKey);
    else if (event.code === 'KeyF' && !cuts.get(row)?.has(column)) {
      onFilter(conditionOfCell(field.name, shown[row]?.[column] ?? null));
    } else if (event.code === 'KeyR') on.onTies(row);
    else return arrangeByKey(layout, event.code, field.name);
    return true;
  };
  return (
    <div className={clsx('h-full min-w-0 flex-1 transition-opacity', isDimmed && 'opacity-60 delay-300')}>
      <DataGrid
        startKey={shownFor}
        startAt={view.at === '1' ? 'end' : 'start'}
        before={on.before}
        onEdge={on.onEdge}
        label={`Rows of ${place.schema}.${place.name}`}
        fields={page.fields}
        rows={shown}
        cuts={cuts}
        locked={locked}
        arrangement={layout.arrangement}
        onWidth={(column, width) =>
          layout.change((before) =>
            changeColumn(before, page.fields[column]?.name ?? '', { width: width ?? undefined }),
          )
        }
        emptyText={emptyText(view, page)}
        linkOf={linkOf}
        cellHref={(row, column) => cellHref(place, page, row, column)}
        onCellKey={onCellKey}
        onSelection={on.onSelection}
        markOf={editing?.overlay.markOf}
        editorOf={editing?.editorOf}
        sortOf={(column) => ariaSort(view, page.fields[column]?.name)}
        headerSlot={(column) => {
          const field = page.fields[column];
          return field?.is_sortable ? (
            <SortButton
              column={field.name}
              sort={sortOf(view.sort, field.name)}
              isOneOfSeveral={view.sort.length > 1}
              onSort={(isAdding) => onSort(field.name, isAdding)}
            />
          ) : null;
        }}
      />
    </div>
  );
}

function isEnd(key: string): boolean {
  return key === 'Home' || key === 'End';
}

/** Hides, pins or moves a column; true for a key that does. The last one that is shown stays. */
function arrangeByKey({ columns, arrangement, change }: Layout, code: string, name: string): boolean {
  const column = columns.find((each) => each.name === name);
  if (code === 'KeyH' && arrangement.places.length > 1) {
    change((before) => changeColumn(before, name, { is_hidden: true }));
  } else if (code === 'KeyP') {
    change((before) =>
      changeColumn(before, name, { is_pinned: column && isPinned(column) ? undefined : true }),
    );
  } else if (code === 'BracketLeft') change((before) => moveColumn(before, name, -1));
  else if (code === 'BracketRight') change((before) => moveColumn(before, name, 1));
  else return false;
  return true;
}

function lockedColumns({ hidden_columns: names, hidden_reason: reason = '' }: RowsPage): LockedColumn[] {
  return names.map((name) => ({ name, reason }));
}

function ariaSort(view: RowsView, column: string | undefined): 'ascending' | 'descending' | undefined {
  const sort = column === undefined ? null : sortOf(view.sort, column);
  if (!sort) return undefined;
  return sort.direction === 'asc' ? 'ascending' : 'descending';
}

function emptyText(view: RowsView, page: RowsPage): string {
  if (view.filter.length > 0) return 'No row matches the filter.';
  return page.at_start
    ? 'No rows yet: an INSERT, or the application, brings the first.'
    : 'No more rows here.';
}
