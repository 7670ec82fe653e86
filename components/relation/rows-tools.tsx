import { ExportMenu } from '@/components/export/export-menu';
import type { RelationKind } from '@/lib/api-types';
import { ColumnsMenu } from './columns/columns-menu';
import { EditBar } from './edit/edit-bar';
import { formatFilter } from './filter';
import { FilterBar, type FilterColumn } from './filter-bar';
import { FilterEstimate } from './filter-estimate';
import { rowsExport } from './rows-export';
import { RowsNotes } from './rows-notes';
import { type RelationPlace, reshape } from './rows-view';
import type { RowsDeskState } from './use-rows-desk';

export type RowsToolsProps = {
  place: RelationPlace;
  kind: RelationKind;
  columns: readonly FilterColumn[];
  desk: RowsDeskState;
};

/** Above the rows: their filter and order, what can be done with them, and what must be known to read them. */
export function RowsTools({ place, kind, columns, desk }: RowsToolsProps) {
  const { rows, layout, exporting, editing, edits, selected } = desk;
  const { view, page } = rows;
  const isFiltered = view.filter.length > 0;
  return (
    <>
      <FilterBar
        place={place}
        columns={columns}
        view={view}
        onFilter={desk.filter}
        onSort={(keys) => rows.go(reshape(view, { sort: keys }))}
        onRefresh={rows.refresh}
      >
        <ColumnsMenu layout={layout} />
        <ExportMenu
          what={isFiltered ? 'All rows under the filter, in this order' : 'All rows, in this order'}
          shown={layout.isPlain ? undefined : layout.shown.length}
          onExport={(choice) => exporting.start(rowsExport(place, view, { choice, shown: layout.shown }))}
        />
      </FilterBar>
      {editing ? (
        <EditBar
          edits={edits}
          onDelete={selected && editing.canDelete(selected) ? () => editing.deleteRows(selected) : null}
          onInsert={editing.insertRow}
          onReview={() => desk.setDialog('review')}
          onImport={() => desk.setDialog('import')}
        />
      ) : null}
      {isFiltered ? (
        <FilterEstimate key={view.filter.map(formatFilter).join('&')} place={place} filter={view.filter} />
      ) : null}
      {page ? <RowsNotes page={page} kind={kind} /> : null}
    </>
  );
}
