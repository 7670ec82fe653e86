import type { RowOrder } from '../api-types';
import { AppError } from '../errors';
import { quoteIdentifier } from '../sql/literal';
import type { RowSource, SourceColumn } from './catalog/row-source';

/** One term of an ORDER BY, a column or a system column. NULLs stand where PostgreSQL puts them: after all values. */
export type OrderTerm = {
  /** The column's name as SQL. */
  sql: string;
  /** The column; null for ctid and tableoid. */
  column: string | null;
  /** The type that its text is cast back to, as SQL. */
  cast: string;
  direction: 'asc' | 'desc';
  isNotNull: boolean;
  /** Compared by PostgreSQL's own operators. */
  isSystem: boolean;
  /** Part of what names a row. */
  isKey: boolean;
};

/**
 * How the rows of a relation are paged. `keyset`: the order ends in what names a row, and pages begin after one.
 * `offset`: rows have no such order, and pages begin at a number.
 */
export type RowOrdering = {
  mode: 'keyset' | 'offset';
  terms: OrderTerm[];
  /** The rows come in the order of the file, so that nothing needs to be sorted as long as nothing is filtered. */
  isNatural: boolean;
  /** The columns that name a row. */
  key: string[] | null;
};

const mostSorts = 16;
const mostTies = 16;

/** The order of a page: what `sort` asks for, then whatever makes it total. Throws AppError `invalid`. */
export function orderRows(source: RowSource, sort: string | undefined): RowOrdering {
  const sorts = sort === undefined ? [] : parseSort(sort, source);
  const key = keyOf(source);
  const direction = sorts.at(-1)?.direction ?? 'asc';
  const ties = tiesOf(source, key, sorts.length > 0, direction);
  if (ties === null) {
    const terms = sorts.length === 0 ? [] : withTies(sorts, columnTies(source));
    return { mode: 'offset', terms, isNatural: false, key };
  }
  const terms = withTies(sorts, ties);
  return { mode: 'keyset', terms, isNatural: key === null && sorts.length === 0, key };
}

/** What names a row, as terms: its key, else where it lies; null where nothing does. */
export function rowTerms(source: RowSource): OrderTerm[] | null {
  return tiesOf(source, keyOf(source), true, 'asc');
}

/** The first key that can be seen whole. */
function keyOf(source: RowSource): string[] | null {
  return source.keys.find((names) => names.every((name) => isReadable(source, name))) ?? null;
}

/** The order as the API tells it: columns that were asked for, and the key's. */
export function describeOrder({ mode, terms }: RowOrdering, sort: string | undefined): RowOrder[] {
  const asked = sort === undefined ? 0 : sort.split(',').length;
  return terms
    .slice(0, mode === 'offset' ? asked : undefined)
    .flatMap(({ column, direction }) => (column === null ? [] : [{ column, direction }]));
}

/** The same order from its end: PostgreSQL's defaults put NULLs first in it, as they must be. */
export function flip(terms: OrderTerm[]): OrderTerm[] {
  return terms.map((term) => ({ ...term, direction: term.direction === 'asc' ? 'desc' : 'asc' }));
}

/** ORDER BY over the terms of `alias`, or nothing without terms. */
export function orderBy(terms: OrderTerm[], alias: string): string {
  if (terms.length === 0) return '';
  const list = terms.map(({ sql, direction }) => `${alias}.${sql}${direction === 'desc' ? ' desc' : ''}`);
  return ` order by ${list.join(', ')}`;
}

/** A readable column by its name. Throws AppError `invalid`. */
export function findColumn(source: RowSource, name: string): SourceColumn {
  const column = source.columns.find((candidate) => candidate.name === name && candidate.is_readable);
  if (column !== undefined) return column;
  throw new AppError('invalid', `There is no column "${name}" in ${source.schema}.${source.name} to see.`, {
    hint: 'In sort and filter each name is percent-encoded before it is joined: a point in it is %2E, a comma %2C.',
  });
}

/** The text of a percent-encoded part of `sort` or `filter`. Throws AppError `invalid`. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new AppError('invalid', `"${part}" is not percent-encoded text.`, {
      hint: 'A per cent sign in a name or in a value of a list is written %25.',
      cause,
    });
  }
}

function isReadable(source: RowSource, name: string): boolean {
  return source.columns.some((column) => column.name === name && column.is_readable);
}

/** Reads `created_at.desc,id`. */
function parseSort(sort: string, source: RowSource): OrderTerm[] {
  const terms = sort.split(',').map((part) => {
    const [name = '', direction = 'asc', ...rest] = part.split('.');
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw new AppError('invalid', `"${part}" is not a sort: the direction is asc or desc.`, {
        hint: 'For example: sort=created_at.desc,id',
      });
    }
    return termOf(findColumn(source, decodePart(name)), direction, false);
  });
  if (terms.length > mostSorts) {
    throw new AppError(
      'invalid',
      `The sort names ${terms.length} columns; Howdah takes at most ${mostSorts}.`,
    );
  }
  const twice = terms.find(({ column }, index) => terms.findIndex((term) => term.column === column) < index);
  if (twice === undefined) return terms;
  throw new AppError('invalid', `The sort names the column "${twice.column}" twice.`);
}

/** What makes an order total, or null where nothing does. */
function tiesOf(
  source: RowSource,
  key: string[] | null,
  isSorted: boolean,
  direction: OrderTerm['direction'],
): OrderTerm[] | null {
  if (key !== null) return key.map((name) => termOf(findColumn(source, name), direction, true));
  if (source.is_single_heap) return [systemTerm('ctid', 'tid', direction)];
  if (source.has_ctid && isSorted) {
    return [systemTerm('tableoid', 'oid', direction), systemTerm('ctid', 'tid', direction)];
  }
  return null;
}

/** Where rows have no name, other columns keep ties in the same order as far as they differ. */
function columnTies(source: RowSource): OrderTerm[] {
  return source.columns
    .filter((column) => column.is_sortable && column.is_readable)
    .slice(0, mostTies)
    .map((column) => termOf(column, 'asc', false));
}

/** The sorts and those ties that they lack, up to where the whole key is in. */
function withTies(sorts: OrderTerm[], ties: OrderTerm[]): OrderTerm[] {
  const keys = new Set(ties.filter(({ isKey }) => isKey).map(({ sql }) => sql));
  const terms: OrderTerm[] = [];
  for (const term of [...sorts, ...ties]) {
    if (terms.some(({ sql }) => sql === term.sql)) continue;
    if (keys.size > 0 && terms.filter(({ sql }) => keys.has(sql)).length === keys.size) break;
    terms.push({ ...term, isKey: keys.has(term.sql) });
  }
  return terms;
}

function termOf(column: SourceColumn, direction: OrderTerm['direction'], isKey: boolean): OrderTerm {
  return {
    sql: quoteIdentifier(column.name),
    column: column.name,
    cast: castOf(column),
    direction,
    isNotNull: column.is_not_null,
    isSystem: column.is_system,
    isKey,
  };
}

function systemTerm(sql: string, type: string, direction: OrderTerm['direction']): OrderTerm {
  return {
    sql,
    column: null,
    cast: `pg_catalog.${type}`,
    direction,
    isNotNull: true,
    isSystem: true,
    isKey: true,
  };
}

/** The type that a column's values are cast back to, as SQL. */
export function castOf({ cast_schema, cast_name }: SourceColumn): string {
  return `${quoteIdentifier(cast_schema)}.${quoteIdentifier(cast_name)}`;
}
