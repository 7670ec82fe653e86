'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Bounds } from '@/components/data-grid/grid-selection';
import { ExportMenu } from '@/components/export/export-menu';
import { ExportStatus } from '@/components/export/export-status';
import { useExport } from '@/components/export/use-export';
import type { ColumnLayout, RelationKind, RelationReference } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { ColumnsMenu } from './columns/columns-menu';
import { useLayout } from './columns/use-layout';
import { EditBar } from './edit/edit-bar';
import { type EditColumn, whyClosed } from './edit/edit-column';
import { ReviewDialog } from './edit/review-dialog';
import { useEditKeys } from './edit/use-edit-keys';
import { useEdits } from './edit/use-edits';
import { useRowsEditing } from './edit/use-rows-editing';
import { addFilter, type Filter, formatFilter } from './filter';
import { FilterBar, type FilterColumn } from './filter-bar';
import { FilterEstimate } from './filter-estimate';
import { ImportDialog } from './import/import-dialog';
import { type RowTies, tiesOf } from './links/row-links';
import { RowLinksPanel } from './links/row-links-panel';
import { RowsError } from './rows-error';
import { rowsExport } from './rows-export';
import { RowsFoot } from './rows-foot';
import { RowsGrid } from './rows-grid';
import { RowsNotes } from './rows-notes';
import { canJump } from './rows-place';
import { RowsScrollbar } from './rows-scrollbar';
import { stepsOf } from './rows-steps';
import { RowsStuck } from './rows-stuck';
import { type RelationPlace, reshape, rowsPath, stepTo } from './rows-view';
import { RowsLoading, RowsWait } from './rows-wait';
import type { Edge } from './rows-window';
import { SelectionWords } from './selection-words';
import { cycleSort } from './sort';
import { useRows } from './use-rows';
import { useRowsKeys } from './use-rows-keys';

export type RowsDeskProps = {
  place: RelationPlace;
  kind: RelationKind;
  /** The relation's columns, for the filter: they are known even where the rows are not. */
  columns: readonly FilterColumn[];
  /** The columns as they are edited; null where the user may not change rows. */
  editColumns: readonly EditColumn[] | null;
  /** How the user has arranged the columns before. */
  layout: ColumnLayout;
  /** Foreign keys of other relations that refer to this one. */
  references: readonly RelationReference[];
};

/**
 * A relation's rows, one page at a time: filter and order, the grid, the way to other pages. Its state is the URL's.
 * An error stands in the grid's place; the filter that may have caused it stays at hand. Give it a `key` of the
 * relation.
 */
export function RowsDesk({ place, kind, columns, editColumns, references, ...kept }: RowsDeskProps) {
  const { page, window: held, shownFor, fraction, error, stuck, since, view, ...rows } = useRows(place);
  const { go, refresh, cancel, more } = rows;
  const isReading = since !== null;
  const router = useRouter();
  // Where the columns are others, the page around the rows must know them too.
  const again = ({ edge, error: { code } }: { edge: Edge; error: ErrorBody }) => {
    if (code !== 'conflict') return more(edge);
    router.refresh();
    refresh();
  };
  const filter = (filters: readonly Filter[]) => go(reshape(view, { filter: filters }));
  const exporting = useExport();
  const edits = useEdits();
  const editing = useRowsEditing(page, editColumns, edits);
  const layout = useLayout(place, page?.fields.map(({ name }) => name) ?? [], kept.layout);
  const [selected, setSelected] = useState<Bounds | null>(null);
  const [isReviewed, setReviewed] = useState(false);
  const [isImporting, setImporting] = useState(false);
  useEditKeys({ onReview: () => setReviewed(editing !== null), onUndo: edits.undo });
  const [ties, setTies] = useState<RowTies | null>(null);
  const showTies = (row: number) => page && setTies(tiesOf(page, references, row));
  const steps = stepsOf(view, page, kind);
  useRowsKeys((step) => {
    const to = steps[step];
    if (to && !isReading) go(to);
  });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <FilterBar
        place={place}
        columns={columns}
        view={view}
        onFilter={filter}
        onSort={(keys) => go(reshape(view, { sort: keys }))}
        onRefresh={refresh}
      >
        <ColumnsMenu layout={layout} />
        <ExportMenu
          what={
            view.filter.length > 0 ? 'All rows under the filter, in this order' : 'All rows, in this order'
          }
          shown={layout.isPlain ? undefined : layout.shown.length}
          onExport={(choice) => exporting.start(rowsExport(place, view, { choice, shown: layout.shown }))}
        />
      </FilterBar>
      {editing ? (
        <EditBar
          edits={edits}
          onDelete={selected && editing.canDelete(selected) ? () => editing.deleteRows(selected) : null}
          onInsert={editing.insertRow}
          onReview={() => setReviewed(true)}
          onImport={() => setImporting(true)}
        />
      ) : null}
      {view.filter.length > 0 ? (
        <FilterEstimate key={view.filter.map(formatFilter).join('&')} place={place} filter={view.filter} />
      ) : null}
      {page ? <RowsNotes page={page} kind={kind} /> : null}
      <div aria-busy={isReading} className="relative flex min-h-0 flex-1 border-line border-t">
        {page ? (
          <RowsGrid
            {...{ place, view, page, shownFor, editing, layout }}
            before={held.before}
            onEdge={stuck ? undefined : more}
            onSelection={setSelected}
            onTies={showTies}
            onFarEnd={(end) => {
              const to = isReading ? null : steps[end];
              if (to) go(to);
              return to !== null;
            }}
            isDimmed={isReading}
            onSort={(column, isAdding) => go(reshape(view, { sort: cycleSort(view.sort, column, isAdding) }))}
            onFilter={(condition) => filter(addFilter(view.filter, condition))}
          />
        ) : null}
        {page && canJump(page, kind) ? (
          <RowsScrollbar
            fraction={fraction}
            estimatedRows={page.estimated_rows}
            onJump={(at) => go(stepTo(view, { at }))}
          />
        ) : null}
        {ties ? <RowLinksPanel {...{ place, ...ties }} onClose={() => setTies(null)} /> : null}
        {error && !isReading ? (
          <RowsError error={error} resetHref={rowsPath(place)} onRetry={refresh} />
        ) : null}
        {isReading && !page ? <RowsLoading /> : null}
        {isReading ? <RowsWait key={since} since={since} onCancel={cancel} /> : null}
      </div>
      <ExportStatus running={exporting} />
      {stuck ? <RowsStuck error={stuck.error} onRetry={() => again(stuck)} /> : null}
      <RowsFoot
        {...{ place, view, page, steps }}
        sum={
          page && selected ? (
            <SelectionWords
              {...{ page, selected }}
              rows={editing?.overlay.rows}
              places={layout.arrangement.places}
            />
          ) : null
        }
        onGo={go}
        onTies={selected === null ? null : () => showTies(selected.top)}
      />
      {isImporting && editColumns ? (
        <ImportDialog
          place={place}
          names={editColumns.filter((column) => whyClosed(column) === null).map(({ name }) => name)}
          onClose={() => setImporting(false)}
          onImported={refresh}
        />
      ) : null}
      {isReviewed ? (
        <ReviewDialog place={place} edits={edits} onClose={() => setReviewed(false)} onApplied={refresh} />
      ) : null}
    </div>
  );
}
