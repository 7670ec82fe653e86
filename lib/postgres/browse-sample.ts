import { filterConditions } from './browse-filter';
import { orderBy, type RowOrdering } from './browse-order';
import { createParams } from './browse-params';
import { whereOf } from './browse-select';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource } from './catalog/row-source';

/** Up to so many rows a place is counted off; beyond, a sample of about as many is. */
const countedRows = 20_000;

/**
 * A statement that answers how many rows a place is passed by, and the order's values, as texts, of the last of them.
 */
export type SamplePlan = { sql: string; params: string[]; isExact: boolean };

/**
 * Where a fraction of the rows under the filters is passed, found by counting: all of them where they are few, else those
 * of some of the table's blocks. Null where the rows have no total order, or are no table's own.
 */
export function planSample(
  source: RowSource,
  { mode, terms, isNatural }: RowOrdering,
  filters: string[],
  fraction: number,
): SamplePlan | null {
  if (mode !== 'keyset') return null;
  if (isNatural && filters.length === 0) return planBlock(source, fraction);
  const rows = source.estimated_rows;
  const isExact = rows !== null && rows <= countedRows;
  const canSample = ['table', 'partitioned_table', 'materialized_view'].includes(source.kind);
  if (!isExact && (!canSample || rows === null)) return null;
  const params = createParams();
  const where = whereOf(filterConditions(source, filters, params));
  const percent = isExact ? 100 : Math.max(0.01, (100 * countedRows) / (rows ?? 1)).toFixed(4);
  const sample = isExact ? '' : ` tablesample system (${percent}) repeatable (1)`;
  const names = terms.map(({ sql }, index) => `t.${sql} as k${index}`).join(', ');
  const order = orderBy(
    terms.map((term, index) => ({ ...term, sql: `k${index}` })),
    'r',
  );
  const texts = terms.map((_, index) => `r.k${index}::pg_catalog.text`).join(', ');
  const relation = qualifiedName(source.schema, source.name);
  const sql = `with r as materialized (select ${names} from ${relation} t${sample}${where}),
  n (passed) as (select pg_catalog.floor(pg_catalog.count(*) * ${fraction})::pg_catalog.int8 from r)
select (select passed from n), ${texts}
from r${order} offset (select greatest(passed - 1, 0) from n) limit 1`;
  return { sql, params: params.values.filter((value) => value !== null), isExact };
}

/** The rows of a file in its order: its blocks hold about as many each. */
function planBlock({ oid }: RowSource, fraction: number): SamplePlan {
  const blocks = `pg_catalog.pg_relation_size(${oid}) / pg_catalog.current_setting('block_size')::pg_catalog.int8`;
  const block = `pg_catalog.floor((${blocks}) * ${fraction})::pg_catalog.text`;
  return { sql: `select ${block}, '(' || ${block} || ',0)'`, params: [], isExact: false };
}
