import pg from 'pg';
import Cursor from 'pg-cursor';

/** What nobody can beat from Node: a warm connection, text parsers, rows as arrays. */
const types = { getTypeParser: () => (text: string) => text };

/** A connection as the floors use it. */
export async function warmConnection(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types });
  await client.connect();
  await client.query('select 1');
  return client;
}

/** Reads every row of a query by pg-cursor, a thousand at a time, and answers how many there were. */
export async function readByCursor(client: pg.Client, sql: string): Promise<number> {
  const cursor = client.query(new Cursor<string[]>(sql, [], { rowMode: 'array', types }));
  let count = 0;
  for (;;) {
    const rows = await cursor.read(1000);
    count += rows.length;
    if (rows.length === 0) break;
  }
  await cursor.close();
  return count;
}

/** One `select 1` by pg direct. */
export async function selectOne(client: pg.Client): Promise<void> {
  await client.query({ text: 'select 1', rowMode: 'array' });
}
