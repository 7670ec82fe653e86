import 'server-only';
import { type Kysely, Migrator, sql } from 'kysely';
import { migrations } from '@/migrations';
import { env } from '../env';
import { AppError } from '../errors';
import { createStorePool, overPool } from './db';
import { grantQueue, migrateQueue } from './job-queue';
import type { Store } from './schema';

/** The names of the store's migrations that this Howdah knows, in order. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/** What howdah_app may do. On the history it may only insert, so that nobody can change it through Howdah. */
const privilegesOfApp = {
  users: 'select, insert, update',
  sessions: 'select, insert, update, delete',
  one_time_links: 'select, insert, update, delete',
  api_keys: 'select, insert, update',
  throttles: 'select, insert, update, delete',
  servers: 'select, insert, update, delete',
  server_access: 'select, insert, update, delete',
  server_schemas: 'select, insert, update, delete',
  masks: 'select, insert, update, delete',
  walls: 'select, insert, update, delete',
  instances: 'select, insert, update',
  jobs: 'select, insert, update',
  backups: 'select, insert, update',
  backup_manifests: 'select, insert, update, delete',
  check_queries: 'select, insert, delete',
  backup_schedules: 'select, insert, update, delete',
  schedule_runs: 'select, insert, delete',
  alerts: 'select, insert, update',
  column_layouts: 'select, insert, update, delete',
  query_history: 'select, insert',
  query_outcome: 'select, insert',
  run_cancels: 'select, insert',
  audit_log: 'select, insert',
  seals: 'select, insert',
  kysely_migration: 'select',
} as const satisfies Record<keyof Store | 'kysely_migration', string>;

/**
 * Brings the store to this Howdah's schema and returns the names of the migrations applied now. Connects as
 * HOWDAH_OWNER_URL, else as DATABASE_URL. Throws AppError `conflict` on a store of a newer Howdah.
 */
export async function migrateStore(): Promise<string[]> {
  const { DATABASE_URL: url, HOWDAH_OWNER_URL: ownerUrl = url } = env();
  if (url === undefined || ownerUrl === undefined) {
    throw new AppError('unreachable', 'Howdah has no store: DATABASE_URL is not set.');
  }
  const pool = createStorePool(ownerUrl, 2);
  const owner = overPool(pool);
  try {
    const pending = await listPending(owner);
    if (pending.length === 0 && ownerUrl === url && (await hasQueue(owner))) return [];
    await migrate(owner);
    await closeToOthers(owner);
    await migrateQueue(pool);
    if (ownerUrl !== url) await grantToApp(owner, decodeURIComponent(new URL(url).username));
    return pending;
  } finally {
    await owner.destroy();
  }
}

/** The queue comes last: where it is, nothing was left undone. */
async function hasQueue(owner: Kysely<Store>): Promise<boolean> {
  const { rows } = await sql<{ exists: boolean }>`
    select pg_catalog.to_regclass('graphile_worker.jobs') is not null as exists`.execute(owner);
  return rows[0]?.exists === true;
}

async function migrate(owner: Kysely<Store>): Promise<void> {
  const migrator = new Migrator({ db: owner, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'the migration';
  throw new AppError('internal', `The store could not be migrated: ${failed} failed: ${error}`, {
    cause: error,
  });
}

/**
 * The migrations that the store lacks. Throws AppError `conflict` when it has one that this Howdah does not
 * know: an older Howdah must not write into a store whose rules it does not know.
 */
async function listPending(db: Kysely<Store>): Promise<string[]> {
  const table = await sql<{ exists: boolean }>`
    select pg_catalog.to_regclass('kysely_migration') is not null as exists`.execute(db);
  if (table.rows[0]?.exists !== true) return Object.keys(migrations);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const applied = rows.map((row) => row.name);
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new AppError('conflict', `The store belongs to a newer Howdah (it has ${unknown.join(', ')}).`, {
      hint: 'Start the Howdah that migrated it, or restore a backup of the store from before that upgrade.',
    });
  }
  return Object.keys(migrations).filter((name) => !applied.includes(name));
}

/** CONNECT, TEMPORARY and CREATE in the store are nobody's but its owner's; howdah_app is granted CONNECT again. */
async function closeToOthers(owner: Kysely<Store>): Promise<void> {
  const { rows } = await sql<{ name: string }>`select pg_catalog.current_database() as name`.execute(owner);
  await sql`revoke all on database ${sql.id(rows[0]?.name ?? '')} from public`.execute(owner);
  // Before PostgreSQL 15 everybody may create in public; where the schema is another's this changes nothing.
  await sql`revoke create on schema public from public`.execute(owner);
}

async function grantToApp(owner: Kysely<Store>, role: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`select pg_catalog.current_database() as name`.execute(owner);
  await owner.transaction().execute(async (db) => {
    await sql`grant connect on database ${sql.id(rows[0]?.name ?? '')} to ${sql.id(role)}`.execute(db);
    await sql`grant usage on schema public to ${sql.id(role)}`.execute(db);
    await sql`grant execute on function ensure_history_partitions() to ${sql.id(role)}`.execute(db);
    for (const [table, privileges] of Object.entries(privilegesOfApp)) {
      await sql`revoke all on ${sql.id(table)} from ${sql.id(role)}`.execute(db);
      await sql`grant ${sql.raw(privileges)} on ${sql.id(table)} to ${sql.id(role)}`.execute(db);
    }
    await grantQueue(db, role);
  });
}
