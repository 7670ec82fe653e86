import 'server-only';
import type pg from 'pg';
import type { TableSum } from '../manifest';
import { quoteIdentifier } from '../sql/literal';
import type { DumpTable } from './dump-progress';
import { findRowSums } from './row-sum';

/**
 * Begins the transaction in which a database is looked at, waits as long as need be, and never sees only a role's own
 * rows: where row-level security would hide some, PostgreSQL answers an error. Names in answers are whole.
 */
export async function beginLook(client: pg.Client): Promise<void> {
  await client.query('begin isolation level repeatable read, read only');
  for (const [name, value] of settings) await setLocally(client, name, value);
}

/** Says how many workers read a table beside the backend: none while a dump reads too, which they would slow down. */
export async function useWorkers(client: pg.Client, workers: number): Promise<void> {
  await setLocally(client, 'max_parallel_workers_per_gather', String(workers));
}

async function setLocally(client: pg.Client, name: string, value: string): Promise<void> {
  await client.query('select pg_catalog.set_config($1, $2, true)', [name, value]);
}

const settings = [
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['row_security', 'off'],
  ['search_path', 'pg_catalog'],
  ['max_parallel_workers_per_gather', '0'],
] as const;

/** The name under which pg_dump takes the same snapshot, for as long as the transaction is open. */
export async function exportSnapshot(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ snapshot: string }>(
    'select pg_catalog.pg_export_snapshot() as snapshot',
  );
  return rows[0]?.snapshot ?? '';
}

export type Look = {
  tables: readonly Pick<DumpTable, 'schema' | 'name'>[];
  /** Whether each table is summed, or only counted. */
  hasSums: boolean;
  signal: AbortSignal;
  /** Hears which table is read next, and its place from 0. */
  onTable: (table: string, place: number) => void;
};

/** Counts the rows of tables, and sums them. A table that can't be read is left out and named in `problems`. */
export async function readTables(
  client: pg.Client,
  look: Look,
): Promise<{ tables: TableSum[]; problems: string[] }> {
  const sums = look.hasSums ? await findRowSums(client) : () => 'null';
  const tables: TableSum[] = [];
  const problems: string[] = [];
  for (const [place, table] of look.tables.entries()) {
    look.signal.throwIfAborted();
    look.onTable(`${table.schema}.${table.name}`, place);
    try {
      tables.push(await attempt(client, () => readTable(client, table, sums(table))));
    } catch (error) {
      look.signal.throwIfAborted();
      problems.push(`${table.schema}.${table.name} could not be read: ${(error as Error).message}`);
    }
  }
  return { tables, problems };
}

/** Does what may fail, so that the transaction goes on as if it had not been tried. */
export async function attempt<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint attempt');
  try {
    return await work();
  } catch (error) {
    await client.query('rollback to savepoint attempt');
    throw error;
  } finally {
    await client.query('release savepoint attempt');
  }
}

async function readTable(
  client: pg.Client,
  { schema, name }: Pick<DumpTable, 'schema' | 'name'>,
  sum: string,
): Promise<TableSum> {
  const relation = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  const { rows } = await client.query<{ rows: string; sum: string | null }>(
    `select pg_catalog.count(*) as rows, ${sum}::pg_catalog.text as sum from only ${relation} as r`,
  );
  return { schema, name, rows: rows[0]?.rows ?? '0', sum: rows[0]?.sum ?? null };
}
