import 'server-only';
import { runMigrations } from 'graphile-worker';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import { queueLogger } from './queue-logger';
import type { Store } from './schema';

/** The schema of graphile-worker inside the store. */
const schema = 'graphile_worker';

/** The task that any instance may run, and the one that only the keeper of a folder's files may. */
export function taskOf(place: string | null): string {
  return place?.startsWith('file:') ? `howdah ${place}` : 'howdah';
}

/**
 * Puts a job of ours into the queue, in the transaction that inserts its row, so that there is never one without
 * the other. It is tried once: what was interrupted is never begun again by itself.
 */
export async function enqueue(db: Transaction<Store>, jobId: string, place: string | null): Promise<void> {
  await sql`
    select graphile_worker.add_job(${taskOf(place)}, ${JSON.stringify({ id: jobId })}::json,
      max_attempts => 1, job_key => ${jobId})`.execute(db);
}

/** Takes a job out of the queue. One that a worker holds stays with it, but is never tried again. */
export async function dequeue(db: Kysely<Store>, jobId: string): Promise<void> {
  await sql`select graphile_worker.remove_job(${jobId})`.execute(db);
}

/** Brings graphile-worker's schema to the version of the installed package. The pool's role owns it. */
export async function migrateQueue(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, schema, logger: queueLogger() });
}

/**
 * Gives howdah_app the queue: its tables, sequences and functions. graphile-worker turns row security on and has
 * no policies, which shuts out everyone but the owner, so that the role gets a policy a table as well.
 */
export async function grantQueue(db: Transaction<Store>, role: string): Promise<void> {
  const app = sql.id(role);
  await sql`grant usage on schema graphile_worker to ${app}`.execute(db);
  await sql`grant select, insert, update, delete on all tables in schema graphile_worker to ${app}`.execute(
    db,
  );
  await sql`grant usage on all sequences in schema graphile_worker to ${app}`.execute(db);
  await sql`grant execute on all functions in schema graphile_worker to ${app}`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_catalog.pg_class
    where relnamespace = 'graphile_worker'::pg_catalog.regnamespace and relrowsecurity`.execute(db);
  for (const { name } of rows) {
    const table = sql.id(schema, name);
    await sql`drop policy if exists howdah_app on ${table}`.execute(db);
    await sql`create policy howdah_app on ${table} to ${app} using (true) with check (true)`.execute(db);
  }
}
