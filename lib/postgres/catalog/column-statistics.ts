import 'server-only';
import type pg from 'pg';
import { quoteIdentifier } from '../../sql/literal';
import type { RowSource, SourceColumn } from './row-source';

/** One value of a column that ANALYZE kept: a bound of its histogram, or a common one with its share of all rows. */
export type Point = { value: string; frequency: number | null };

/** How the values of a column spread, as far as ANALYZE knows; points in the order of the type. */
export type Spread = { null_fraction: number; type_oid: number; points: Point[] };

/**
 * How the values of a column spread, from its statistics; null where there are none, or where the level may not see them:
 * PostgreSQL shows those of columns that it may read, and none under row-level security.
 */
export async function readSpread(
  client: pg.Client,
  { schema, name }: RowSource,
  column: SourceColumn,
): Promise<Spread | null> {
  const { rows } = await client.query<{ spread: string }>(spreadSql(column), [schema, name, column.name]);
  const [row] = rows;
  if (row === undefined) return null;
  const spread = JSON.parse(row.spread) as Pick<Spread, 'null_fraction' | 'points'>;
  return spread.points.length === 0 && spread.null_fraction < 1
    ? null
    : { ...spread, type_oid: column.type_oid };
}

/** Points are ordered by the values themselves, not by their texts. Statistics over children come before a table's own. */
function spreadSql({ cast_schema, cast_name }: SourceColumn): string {
  const type = `${quoteIdentifier(cast_schema)}.${quoteIdentifier(cast_name)}`;
  return `select pg_catalog.json_build_object(
      'null_fraction', s.null_frac,
      'points', array(select pg_catalog.json_build_object('value', p.v::pg_catalog.text, 'frequency', p.frequency)
        from (select b.v, null::pg_catalog.float4
            from pg_catalog.unnest(s.histogram_bounds::pg_catalog.text::${type}[]) b (v)
          union all
          select c.v, c.frequency
            from rows from (pg_catalog.unnest(s.most_common_vals::pg_catalog.text::${type}[]),
              pg_catalog.unnest(s.most_common_freqs)) c (v, frequency)) p (v, frequency)
        order by p.v, p.frequency nulls first)) as spread
    from pg_catalog.pg_stats s
    where s.schemaname = $1 and s.tablename = $2 and s.attname = $3
    order by s.inherited desc
    limit 1`;
}
