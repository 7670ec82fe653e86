import { clsx } from 'clsx';
import { useCallback, useMemo } from 'react';
import { DataGrid } from '@/components/data-grid/data-grid';
import type { Bounds } from '@/components/data-grid/grid-selection';
import type { LockedColumn } from '@/components/data-grid/header-cell';
import { indexCuts } from '@/components/data-grid/row-buffer';
import type { RowsPage } from '@/lib/api-types';
import { changeColumn, placeColumn } from './columns/layout';
import type { Layout } from './columns/use-layout';
import type { Condition } from './conditions';
import type { RowsEditing } from './edit/use-rows-editing';
import { cellHref } from './endpoint';
import { foreignLink } from './foreign-link';
import type { RelationPlace, RowsView } from './rows-view';
import { sortOf } from './sort';
import { SortButton } from './sort-button';
import { useCellKeys } from './use-cell-keys';

export type RowsGridProps = {
  place: RelationPlace;
  view: RowsView;
  page: RowsPage;
  /** What the page is of: when it changes, the grid begins at the first row again. */
  shownFor: string;
  /** How often these rows were read. */
  readings: number;
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
  const shown = editing?.overlay.rows ?? page.rows;
  const cuts = useMemo(() => indexCuts(page.cut), [page]);
  const locked = useMemo(() => lockedColumns(page), [page]);
  const nameOf = (column: number) => page.fields[column]?.name ?? '';
  const { server, database } = place;
  const linkOf = useCallback(
    (row: number, column: number) => foreignLink({ server, database }, page, row, column),
    [server, database, page],
  );
  const onCellKey = useCellKeys({ page, shown, cuts, layout, editing, linkOf, ...on });
  return (
    <div className={clsx('h-full min-w-0 flex-1 transition-opacity', isDimmed && 'opacity-60 delay-300')}>
      <DataGrid
        startKey={shownFor}
        startAt={view.at === '1' ? 'end' : 'start'}
        before={on.before}
        readAgain={on.readings}
        added={editing?.overlay.inserts}
        onEdge={on.onEdge}
        label={`Rows of ${place.schema}.${place.name}`}
        fields={page.fields}
        rows={shown}
        cuts={cuts}
        locked={locked}
        arrangement={layout.arrangement}
        onWidth={(column, width) =>
          layout.change((before) => changeColumn(before, nameOf(column), { width: width ?? undefined }))
        }
        onPlace={(column, to) => layout.change((before) => placeColumn(before, nameOf(column), to))}
        emptyText={emptyText(view, page, editing !== null)}
        linkOf={linkOf}
        cellHref={(row, column) => cellHref(place, page, row, column)}
        onCellKey={onCellKey}
        onSelection={on.onSelection}
        markOf={editing?.overlay.markOf}
        editorOf={editing?.editorOf}
        sortOf={(column) => ariaSort(view, nameOf(column))}
        headerSlot={(column) => <HeaderSort view={view} field={page.fields[column]} onSort={on.onSort} />}
      />
    </div>
  );
}

function lockedColumns({ hidden_columns: names, hidden_reason: reason = '' }: RowsPage): LockedColumn[] {
  return names.map((name) => ({ name, reason }));
}

type HeaderSortProps = Pick<RowsGridProps, 'view' | 'onSort'> & {
  field: RowsPage['fields'][number] | undefined;
};

/** How a column's header sorts by it, where its type has an order. */
function HeaderSort({ view, field, onSort }: HeaderSortProps) {
  if (!field?.is_sortable) return null;
  return (
    <SortButton
      column={field.name}
      sort={sortOf(view.sort, field.name)}
      isOneOfSeveral={view.sort.length > 1}
      onSort={(isAdding) => onSort(field.name, isAdding)}
    />
  );
}

function ariaSort(view: RowsView, column: string): 'ascending' | 'descending' | undefined {
  const sort = sortOf(view.sort, column);
  if (!sort) return undefined;
  return sort.direction === 'asc' ? 'ascending' : 'descending';
}

function emptyText(view: RowsView, page: RowsPage, canInsert: boolean): string {
  if (view.filter.length > 0) return 'No row matches the filter.';
  if (!page.at_start) return 'No more rows here.';
  return canInsert
    ? 'No rows yet: insert one, import a CSV file, or wait for the application to bring the first.'
    : 'No rows yet: an INSERT, or the application, brings the first.';
}
