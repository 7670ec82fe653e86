import 'server-only';
import type pg from 'pg';

/** How long a check query may take, in milliseconds. */
const timeoutMs = 300_000;

/**
 * What the first column of the first row of a person's query is, as PostgreSQL's text; null where there is no row. It goes
 * alone by the extended protocol, in a transaction that can't write and is rolled back. Rejects with pg.DatabaseError.
 */
export async function readCheck(client: pg.Client, text: string): Promise<string | null> {
  await client.query('begin read only');
  await client.query("select pg_catalog.set_config('statement_timeout', $1, true)", [String(timeoutMs)]);
  try {
    const { rows } = await client.query({
      text,
      rowMode: 'array',
      queryMode: 'extended',
    } as pg.QueryArrayConfig);
    const [first] = rows as (string | null)[][];
    return first?.[0] ?? null;
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}
