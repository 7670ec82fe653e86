import type { RowsPage } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { fractionOf } from './rows-place';
import type { RowsView } from './rows-view';
import { type Edge, extend, hasSameColumns, type RowsWindow, type WindowPage } from './rows-window';

/** The rows that are shown, and whether others are on their way. */
export type Rows = {
  window: RowsWindow;
  /** The query that the window began with. */
  shownFor: string;
  /** How often the window has begun, be it with the same rows. */
  readings: number;
  /** Which fraction of all rows comes before the page that the window began with; null where that is not known. */
  fraction: number | null;
  error: ErrorBody | null;
  /** Why no more rows came at an edge. */
  stuck: { edge: Edge; error: ErrorBody } | null;
  /** When the reading began, in milliseconds since 1970; null while nothing is read. */
  since: number | null;
};

const noWindow: RowsWindow = { pages: [], before: 0 };

/** Before the first page. */
export const noRows: Rows = {
  window: noWindow,
  shownFor: '',
  readings: 0,
  fraction: 0,
  error: null,
  stuck: null,
  since: 0,
};

/** What to say when the reader gave up. */
export const cancelled: ErrorBody = {
  code: 'cancelled',
  message: 'You cancelled it; PostgreSQL was told to stop.',
  hint: 'Try again, filter by an indexed column, or take the order away.',
};

/** What to say when a page has other columns than those that it would follow. */
const altered: ErrorBody = {
  code: 'conflict',
  message: 'The columns have changed since these rows were read.',
};

/** Pages that were read for a query, be it again. */
export function begin(
  before: Rows,
  { pages, query, view }: { pages: readonly WindowPage[]; query: string; view: RowsView },
): Rows {
  const isAgain = before.shownFor === query && before.window.pages.length > 0;
  const [first] = pages;
  return {
    window: { pages, before: before.window.before },
    shownFor: query,
    readings: before.readings + 1,
    fraction: isAgain || !first ? before.fraction : fractionOf(view, first.page, before.fraction),
    error: null,
    stuck: null,
    since: null,
  };
}

/** One more page at an edge, or why it is not there. */
export function goOn(
  before: Rows,
  edge: Edge,
  { answer, query }: { answer: RowsPage | { error: ErrorBody }; query: string },
): Rows {
  if ('error' in answer) return { ...before, stuck: { edge, error: answer.error } };
  const more = { page: answer, query };
  if (!hasSameColumns(before.window, more)) return { ...before, stuck: { edge, error: altered } };
  return { ...before, stuck: null, window: extend(before.window, more, edge) };
}

/** No rows, and why. */
export function fail(error: ErrorBody): Rows {
  return { ...noRows, fraction: null, error, since: null };
}
