import type pg from 'pg';

/** Sets of indexes over the same columns of the same table, as `table: index, index`, each in order of its name. */
export async function findDuplicateIndexes(client: pg.Client): Promise<string[]> {
  return readColumn(
    client,
    `select format('%s: %s', indrelid::regclass, string_agg(relname, ', ' order by relname collate "C")) as value
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace
    group by indrelid, indkey::text, indclass::text, indoption::text, coalesce(indpred::text, '')
    having count(*) > 1
    order by 1`,
  );
}

/** Foreign keys that no index of their table begins with, as `table.column`. */
export async function findUnindexedForeignKeys(client: pg.Client): Promise<string[]> {
  return readColumn(
    client,
    `select format('%s.%s', conrelid::regclass, attname) as value
    from pg_constraint
    join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where contype = 'f' and not exists (
      select from pg_index where indrelid = conrelid and indkey[0] = conkey[1]
    )
    order by 1`,
  );
}

/** What is wrong with the roles of a sample: that one can log in or has a password. */
export async function findOpenRoles(client: pg.Client, roles: readonly string[]): Promise<string[]> {
  return readColumn(
    client,
    'select rolname as value from pg_authid where rolname = any ($1) and (rolcanlogin or rolpassword is not null)',
    [roles],
  );
}

async function readColumn(client: pg.Client, sql: string, values?: unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ value: string }>(sql, values);
  return rows.map(({ value }) => value);
}
