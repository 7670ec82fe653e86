import 'server-only';
import type pg from 'pg';
import { quoteIdentifier } from '../sql/literal';

/** How the rows of each table are summed: an SQL expression over the row `r`, by schema and name. */
export type RowSums = (table: { schema: string; name: string }) => string;

/**
 * Finds how to sum the rows of every table of the connected database, so that any change of a value changes the sum and the
 * order of rows and columns does not. Call it in the transaction that sums, so that no column changes in between.
 *
 * Types whose own hash tells apart all that is stored are hashed as they are. All others go through their text, as a dump
 * does: numeric 1.0 and 1.00, the zeros of float8 and the labels of an enum are equal, or differ, only there. A cast to text
 * may be anybody's function, and is not used. The hash of a row adds up those of its columns, so that it is hashed again, all eight bytes of it:
 * else values that changed places between two rows would go unseen.
 */
export async function findRowSums(client: pg.Client): Promise<RowSums> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string }>(columnsOfTables);
  const sums = new Map(
    rows.map(({ schema, name, columns }) => [
      JSON.stringify([schema, name]),
      sumOf(JSON.parse(columns) as Column[]),
    ]),
  );
  return ({ schema, name }) => sums.get(JSON.stringify([schema, name])) ?? sumOf([]);
}

/** `is_exact`: whether the hash of its type sees all that is stored. */
type Column = { name: string; type: string; is_exact: boolean };

/** What makes bytes of the types whose hash folds eight of them into four: -5 and 4294967291 have the same. */
const bytesOf: Record<string, string> = {
  int8: 'int8send',
  timestamp: 'timestamp_send',
  timestamptz: 'timestamptz_send',
};

function sumOf(columns: Column[]): string {
  const columnOf = ({ name }: Column) => `r.${quoteIdentifier(name)}`;
  const exact = columns
    .filter(({ is_exact }) => is_exact)
    .map((column) => {
      const send = bytesOf[column.type];
      return send === undefined ? columnOf(column) : `pg_catalog.${send}(${columnOf(column)})`;
    });
  const others = columns.filter(({ is_exact }) => !is_exact).map(columnOf);
  const text = others.length === 0 ? [] : [`row(${others.join(', ')})::pg_catalog.text`];
  const hash = `pg_catalog.hash_record_extended(row(${[...exact, ...text].join(', ')}), 0)`;
  return `coalesce(pg_catalog.sum(pg_catalog.hash_record_extended(row(pg_catalog.int8send(${hash})), 0)), 0)`;
}

const columnsOfTables = `
select n.nspname as schema, c.relname as name, (
    select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname, 'type', t.typname, 'is_exact',
      t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
        and t.typname in ('int2', 'int4', 'int8', 'bool', 'oid', 'name', 'text', 'varchar', 'bytea', 'uuid', 'date',
          'timestamp', 'timestamptz')
        and not exists (
          select from pg_catalog.pg_collation o where o.oid = a.attcollation and not o.collisdeterministic))
      order by a.attname), '[]')
    from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
