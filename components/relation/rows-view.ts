import { type DatabasePlace, pathOfRelation } from '../shell/place';
import { type Filter, formatFilter, parseFilter } from './filter';
import { formatSort, parseSort, type SortKey } from './sort';

/** Which rows of a relation a page shows: all of its URL's state. Of `after`, `before` and `at` at most one is set. */
export type RowsView = {
  sort: readonly SortKey[];
  /** All of them hold. */
  filter: readonly Filter[];
  limit?: string;
  after?: string;
  before?: string;
  at?: string;
};

/** Where in the order a page stands. */
export type RowsStep = Pick<RowsView, 'after' | 'before' | 'at'>;

/** A relation of a database. */
export type RelationPlace = DatabasePlace & { schema: string; name: string };

/** The state that the parameters of a URL hold. What can't be read is left out. */
export function readRowsView(params: URLSearchParams): RowsView {
  const text = (name: string) => params.get(name) || undefined;
  return {
    sort: parseSort(text('sort')),
    filter: params.getAll('filter').flatMap((text) => parseFilter(text) ?? []),
    limit: text('limit'),
    after: text('after'),
    before: text('before'),
    at: text('at'),
  };
}

/** The parameters of a view, in one order, so that the same view has the same URL. */
export function rowsParams({ sort, filter, limit, after, before, at }: Partial<RowsView>): URLSearchParams {
  const params = new URLSearchParams();
  const order = formatSort(sort ?? []);
  if (order) params.set('sort', order);
  for (const part of filter ?? []) params.append('filter', formatFilter(part));
  for (const [name, value] of Object.entries({ limit, after, before, at }))
    if (value) params.set(name, value);
  return params;
}

/** The page of a relation's rows that shows a view; without one, its first page. */
export function rowsPath(place: RelationPlace, view: Partial<RowsView> = {}): string {
  const path = pathOfRelation(place, place);
  const params = rowsParams(view);
  // A comma means itself in a query; those within names are encoded twice.
  return params.size === 0 ? path : `${path}?${params.toString().replaceAll('%2C', ',')}`;
}

/** The view at another place in the same order. */
export function stepTo({ sort, filter, limit }: RowsView, step: RowsStep = {}): RowsView {
  return { sort, filter, limit, ...step };
}

/** The view with another order or filter: from the first row, since a cursor belongs to its order. */
export function reshape({ sort, filter, limit }: RowsView, change: Partial<RowsView>): RowsView {
  return { sort, filter, limit, ...change };
}
