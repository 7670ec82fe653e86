'use client';

import { ExportStatus } from '@/components/export/export-status';
import { addFilter } from './filter';
import type { FilterColumn } from './filter-bar';
import { RowLinksPanel } from './links/row-links-panel';
import { RowsDialogs } from './rows-dialogs';
import { RowsError } from './rows-error';
import { RowsFoot } from './rows-foot';
import { RowsGrid } from './rows-grid';
import { canJump } from './rows-place';
import { RowsScrollbar } from './rows-scrollbar';
import { RowsStuck } from './rows-stuck';
import { RowsTools } from './rows-tools';
import { reshape, rowsPath, stepTo } from './rows-view';
import { RowsLoading, RowsWait } from './rows-wait';
import { SelectionWords } from './selection-words';
import { cycleSort } from './sort';
import { type RowsDeskOptions, type RowsDeskState, useRowsDesk } from './use-rows-desk';

export type RowsDeskProps = RowsDeskOptions & {
  /** The relation's columns, for the filter: they are known even where the rows are not. */
  columns: readonly FilterColumn[];
};

/**
 * A relation's rows, one page at a time: filter and order, the grid, the way to other pages. Its state is the URL's.
 * An error stands in the grid's place; the filter that may have caused it stays at hand. Give it a `key` of the
 * relation.
 */
export function RowsDesk({ columns, ...options }: RowsDeskProps) {
  const { place, kind, editColumns } = options;
  const desk = useRowsDesk(options);
  const { rows, steps, selected, editing, layout, exporting } = desk;
  const { page, view, stuck } = rows;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <RowsTools {...{ place, kind, columns, desk }} />
      <RowsShown {...{ place, kind, desk }} />
      <ExportStatus running={exporting} />
      {stuck ? <RowsStuck error={stuck.error} onRetry={desk.again} /> : null}
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
        onGo={rows.go}
        onTies={selected === null ? null : () => desk.showTies(selected.top)}
      />
      <RowsDialogs {...{ place, editColumns, desk }} />
    </div>
  );
}

type RowsShownProps = Pick<RowsDeskProps, 'place' | 'kind'> & { desk: RowsDeskState };

/** The rows themselves, or what stands in their place, and what opens beside them. */
function RowsShown({ place, kind, desk }: RowsShownProps) {
  const { rows, isReading, steps, ties } = desk;
  const { page, view, error, since, go } = rows;
  return (
    <div aria-busy={isReading} className="relative flex min-h-0 flex-1 border-line border-t">
      {page ? (
        <RowsGrid
          {...{ place, view, page }}
          editing={desk.editing}
          layout={desk.layout}
          shownFor={rows.shownFor}
          readings={rows.readings}
          before={rows.window.before}
          onEdge={rows.stuck ? undefined : desk.onEdge}
          onSelection={desk.setSelected}
          onTies={desk.showTies}
          onFarEnd={(end) => {
            const to = isReading ? null : steps[end];
            if (to) go(to);
            return to !== null;
          }}
          isDimmed={isReading}
          onSort={(column, isAdding) => go(reshape(view, { sort: cycleSort(view.sort, column, isAdding) }))}
          onFilter={(condition) => desk.filter(addFilter(view.filter, condition))}
        />
      ) : null}
      {page && canJump(page, kind) ? (
        <RowsScrollbar
          fraction={rows.fraction}
          estimatedRows={page.estimated_rows}
          onJump={(at) => go(stepTo(view, { at }))}
        />
      ) : null}
      {ties ? <RowLinksPanel {...{ place, ...ties }} onClose={desk.hideTies} /> : null}
      {error && !isReading ? (
        <RowsError error={error} resetHref={rowsPath(place)} onRetry={rows.refresh} />
      ) : null}
      {isReading && !page ? <RowsLoading /> : null}
      {since !== null ? <RowsWait key={since} since={since} onCancel={rows.cancel} /> : null}
    </div>
  );
}
