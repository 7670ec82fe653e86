import { quoteIdentifier } from '../sql/literal';
import type { CursorValue } from './browse-cursor';
import { flip, type OrderTerm, orderBy, type RowOrdering } from './browse-order';
import type { PageRequest, Start } from './browse-page';
import { operator, type Params } from './browse-params';
import { type Position, seekRanges } from './browse-seek';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource } from './catalog/row-source';

type Wanted = Start & { source: RowSource; ordering: RowOrdering; request: PageRequest };

/** A term with the name that it has outside of its select. */
type NamedTerm = OrderTerm & { alias: string };

/** The select of a page's whole rows in order, one more than the page holds, and the order's terms as its columns. */
export function selectRows(
  wanted: Wanted,
  conditions: string[],
  params: Params,
): { sql: string; terms: OrderTerm[] } {
  const { source, ordering, isBackwards } = wanted;
  const terms = named(source, isBackwards ? flip(ordering.terms) : ordering.terms);
  const ranges = rangesOf(wanted, terms, conditions, params);
  return { sql: chain(ranges, terms.map(aliased), wanted.request.limit + 1), terms: terms.map(aliased) };
}

/**
 * Ranges follow each other, and one begins to be read only when those before it did not fill the page: the last may
 * be all the NULLs of a table. Cells are cut around this and not in it: a sort of 1,600 columns and their cuts would be
 * over PostgreSQL's limit, and an alias of a cut value would be sorted by in place of the column.
 */
function chain(ranges: string[], terms: OrderTerm[], limit: number): string {
  const [first = '', ...more] = ranges;
  if (more.length === 0) return first;
  const rest = more.map((range, index) => {
    const filled = Array.from(
      { length: index + 1 },
      (_, before) => ` - (select pg_catalog.count(*) from r${before + 1})`,
    );
    return `r${index + 2} as (select * from (${range}) r limit ${limit}${filled.join('')})`;
  });
  const tables = ranges.map((_, index) => `table r${index + 1}`).join(' union all ');
  return [
    `with ${[`r1 as materialized (${first})`, ...rest].join(',\n  ')}`,
    `select * from (${tables}) u${orderBy(terms, 'u')}`,
  ].join('\n  ');
}

/** The selects whose rows together hold the page: one, or one a range. */
function rangesOf(wanted: Wanted, terms: NamedTerm[], conditions: string[], params: Params): string[] {
  const { source, request, from, isBackwards } = wanted;
  const isUnsorted = !isBackwards && isNaturalScan(wanted);
  const order = isUnsorted ? '' : orderBy(terms, 't');
  const select = (where: string[], offset = '') =>
    `${selectFrom(source, terms)}${whereOf(where)}${order} limit ${request.limit + 1}${offset}`;
  if (from === null) return [select(isUnsorted ? [firstBlock] : conditions)];
  if (from.type === 'offset') return [select(conditions, ` offset ${from.offset}`)];
  const first = terms.slice(0, from.values.length);
  const position = positionOf(source, first, from.values, params);
  return seekRanges(first, position, 't').map((range) => select([...conditions, ...range]));
}

/** True for every row; it makes the planner scan by ctid. */
const firstBlock = "t.ctid operator(pg_catalog.>=) '(0,0)'::pg_catalog.tid";

function selectFrom(source: RowSource, terms: NamedTerm[]): string {
  const columns = source.columns.filter(({ is_readable }) => is_readable);
  const list = [
    ...columns.map(({ name }) => `t.${quoteIdentifier(name)}`),
    ...terms.flatMap(({ column, sql, alias }) => (column === null ? [`t.${sql} as ${alias}`] : [])),
  ];
  return `select ${list.join(', ')} from ${qualifiedName(source.schema, source.name)} t`;
}

/**
 * Whether the rows come in the file's order by themselves: a scan by ctid reads the blocks in turn. Under a filter or a
 * policy the planner may use an index instead, whose order is another.
 */
function isNaturalScan({ source, ordering, request }: Wanted): boolean {
  return ordering.isNatural && request.filters.length === 0 && !source.has_row_security;
}

/** The cursor's values as SQL, bound; one that the cursor does not carry is read from its row. */
function positionOf(source: RowSource, terms: OrderTerm[], values: CursorValue[], params: Params): Position {
  const relation = qualifiedName(source.schema, source.name);
  const bound = terms.map(({ cast }, index) => {
    const value = values[index];
    return typeof value === 'string' ? params.bind(value, cast) : null;
  });
  const names = terms.flatMap(({ isKey, sql, isSystem }, index) =>
    isKey ? [`r.${sql} ${operator('=', isSystem)} ${bound[index]}`] : [],
  );
  return terms.map(({ sql }, index) =>
    values[index] === 0
      ? `(select r.${sql} from ${relation} r where ${names.join(' and ')})`
      : (bound[index] ?? null),
  );
}

/** WHERE over all the conditions, or nothing without any. */
export function whereOf(conditions: string[]): string {
  return conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
}

/** Gives ctid and tableoid a name in the outer select that no column has. */
function named(source: RowSource, terms: OrderTerm[]): NamedTerm[] {
  return terms.map((term) => ({ ...term, alias: term.column === null ? free(source, term.sql) : term.sql }));
}

function aliased(term: NamedTerm): OrderTerm {
  return { ...term, sql: term.alias };
}

function free({ columns }: RowSource, word: string): string {
  let name = `howdah_${word}`;
  while (columns.some((column) => column.name === name)) name += '_';
  return name;
}
