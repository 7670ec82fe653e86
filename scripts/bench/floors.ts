import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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
  for (let read = -1; read !== 0; count += read) read = (await cursor.read(1000)).length;
  await cursor.close();
  return count;
}

/** One query by pg direct: its rows as arrays of text. */
export async function readDirect(
  client: pg.Client,
  text: string,
  values: string[] = [],
): Promise<string[][]> {
  return (await client.query<string[]>({ text, values, rowMode: 'array' })).rows;
}

/** A client tool by itself. */
export async function runProgram(program: string, args: string[]): Promise<void> {
  await promisify(execFile)(program, args);
}
