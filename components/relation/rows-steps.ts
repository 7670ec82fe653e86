import type { RelationKind, RowsPage } from '@/lib/api-types';
import { type RowsView, stepTo } from './rows-view';

/** The views that lead to other pages; null where there is none. */
export type RowsSteps = Record<'first' | 'previous' | 'next' | 'last', RowsView | null>;

/** Where one can go from a page of rows; from a page that failed only to the first one. */
export function stepsOf(view: RowsView, page: RowsPage | null, kind: RelationKind): RowsSteps {
  const isAtStart = page?.at_start ?? !(view.after || view.before || view.at);
  const canGoLast = page !== null && !page.at_end && hasOrder(view, page, kind);
  return {
    first: isAtStart ? null : stepTo(view),
    previous: page?.previous ? stepTo(view, { before: page.previous }) : null,
    next: page?.next ? stepTo(view, { after: page.next }) : null,
    last: canGoLast ? stepTo(view, { at: '1' }) : null,
  };
}

/** Whether one of the rows is the last: by an order, by a key, or by the place in the table's file. */
function hasOrder(view: RowsView, page: RowsPage, kind: RelationKind): boolean {
  return view.sort.length > 0 || page.key !== null || kind === 'table' || kind === 'materialized_view';
}
