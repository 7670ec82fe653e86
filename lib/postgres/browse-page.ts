import { AppError } from '../errors';
import { cellSql, cutLength, positionSql, sizesSql } from './browse-cells';
import { decodePageCursor, type PageCursor, signatureOf } from './browse-cursor';
import { filterConditions } from './browse-filter';
import { orderRows, type RowOrdering } from './browse-order';
import { createParams } from './browse-params';
import { selectRows, whereOf } from './browse-select';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource, SourceColumn } from './catalog/row-source';

/** Which rows of a relation, as the API takes it from a URL. */
export type PageRequest = {
  limit: number;
  sort?: string;
  filters: string[];
  /** Cursors; at most one of them and `at` is given. */
  after?: string;
  before?: string;
  /** 0 for the first page, 1 for the last, and the fraction of the rows that come before the page in between. */
  at?: number;
};

/** One page as a statement, and what is needed to read its answer. */
export type PagePlan = {
  source: RowSource;
  request: PageRequest;
  ordering: RowOrdering;
  columns: SourceColumn[];
  signature: string;
  /** Null at an end of the rows. */
  from: PageCursor | Place | null;
  /** The rows are read from the page's end to its start. */
  isBackwards: boolean;
  sql: string;
  params: (string | null)[];
};

/** Values of the order's first terms, after which a page begins. */
export type Place = { type: 'place'; values: (string | null)[] };

/**
 * The statement of a page; `place` is where an `at` between the ends is. Throws AppError `invalid` for what the request
 * should not say; nothing is sent then.
 */
export function planPage(source: RowSource, request: PageRequest, place: Place | null = null): PagePlan {
  const ordering = orderRows(source, request.sort);
  const signature = signatureOf(source, ordering);
  const start = startOf(ordering, signature, { ...request, place });
  const columns = source.columns.filter(({ is_readable }) => is_readable);
  const params = createParams();
  const conditions = filterConditions(source, request.filters, params);
  const rows = selectRows({ source, ordering, request, ...start }, conditions, params);
  const sizes = sizesSql(columns);
  const length = cutLength(columns);
  const cells = [
    ...columns.map((column) => cellSql(column, length)),
    ...(sizes === null ? [] : [`${sizes} as howdah_sizes`]),
    ...(ordering.mode === 'keyset' ? [`${positionSql(rows.terms)} as howdah_position`] : []),
  ];
  return {
    source,
    request,
    ordering,
    columns,
    signature,
    ...start,
    sql: `select ${cells.join(', ')}\nfrom (\n  ${rows.sql}\n) s`,
    params: params.values,
  };
}

/** The statement that counts the rows under the filters, exactly. Throws AppError `invalid`. */
export function planCount(source: RowSource, filters: string[]): { sql: string; params: (string | null)[] } {
  const params = createParams();
  const where = whereOf(filterConditions(source, filters, params));
  const sql = `select pg_catalog.count(*) from ${qualifiedName(source.schema, source.name)} t${where}`;
  return { sql, params: params.values };
}

/** Where a page begins, and which way it is read. */
export type Start = { from: PageCursor | Place | null; isBackwards: boolean };

type Wanted = PageRequest & { place: Place | null };

function startOf(ordering: RowOrdering, signature: string, { after, before, at, place }: Wanted): Start {
  if ([after, before, at].filter((place) => place !== undefined).length > 1) {
    throw new AppError('invalid', 'Only one of after, before and at says where a page begins.');
  }
  if (place !== null) return { from: place, isBackwards: false };
  if (at !== undefined) return startAt(ordering, at);
  const text = after ?? before;
  if (text === undefined) return { from: null, isBackwards: false };
  const from = decodePageCursor(signature, ordering, text);
  return { from, isBackwards: from.type === 'row' ? before !== undefined : from.isFromEnd };
}

function startAt(ordering: RowOrdering, at: number): Start {
  if (at === 0) return { from: null, isBackwards: false };
  if (at !== 1) {
    throw new AppError(
      'invalid',
      'How these rows spread is not known, so that no place between the ends is.',
      {
        hint: 'Ask for at=0 or at=1, or go by pages. ANALYZE the table, or filter by a column.',
      },
    );
  }
  if (ordering.terms.length === 0) {
    throw new AppError('invalid', 'These rows have no order, so none of them is the last.', {
      hint: 'Sort by a column.',
    });
  }
  return { from: null, isBackwards: true };
}
