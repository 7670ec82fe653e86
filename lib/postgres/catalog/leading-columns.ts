import 'server-only';
import type pg from 'pg';

/** What the whole B-trees over several columns begin with. */
export type LeadingColumns = {
  /** The first columns by the names of the indexes; several where indexes of one name are in several schemas. */
  byIndex: ReadonlyMap<string, readonly string[]>;
  /** From PostgreSQL 18 on a scan may skip from value to value of a first column that nothing is said of. */
  canSkip: boolean;
};

/** The first columns of those indexes of these names whose order decides what of them is read. */
export async function listLeadingColumns(client: pg.Client, names: string[]): Promise<LeadingColumns> {
  const { rows } = await client.query<{ name: string | null; columns: string; can_skip: string }>(
    `select v.can_skip, k.name, k.columns
      from (select pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 180000 as can_skip) v
      left join (select c.relname as name, pg_catalog.json_agg(a.attname) as columns
        from pg_catalog.pg_class c
        join pg_catalog.pg_index i on i.indexrelid = c.oid and i.indnkeyatts > 1 and i.indpred is null
        join pg_catalog.pg_am m on m.oid = c.relam and m.amname = 'btree'
        join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where c.relname = any ($1::pg_catalog.name[])
        group by c.relname) k on true`,
    [names],
  );
  return {
    byIndex: new Map(
      rows.flatMap(({ name, columns }) => (name === null ? [] : [[name, JSON.parse(columns) as string[]]])),
    ),
    canSkip: rows[0]?.can_skip === 't',
  };
}
