import { Migrator } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '@/migrations';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { until } from '../testing/fixture';
import { createStorePool, overPool } from './db';
import { migrateStore } from './migrate';

let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  // biome-ignore lint/style/noProcessEnv: the environment of the code under test
  Object.assign(process.env, { DATABASE_URL: database.url, HOWDAH_OWNER_URL: '' });
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const names = Object.keys(migrations);

async function applied(): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map(({ name }) => name);
}

/** What an older Howdah left: the first migrations alone. */
async function migrateTo(count: number): Promise<void> {
  const db = overPool(createStorePool(database.url, 1));
  const provider = {
    getMigrations: async () => Object.fromEntries(Object.entries(migrations).slice(0, count)),
  };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  await db.destroy();
  expect(error).toBeUndefined();
}

async function describeTables(): Promise<string> {
  const { rows } = await admin.query(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' order by 1, 2`,
  );
  return JSON.stringify(rows);
}

test('S70: an upgrade that dies in the middle leaves the store as it was, and the next start completes it', async () => {
  await migrateTo(6);
  const before = await describeTables();
  // The last migration alters this table; those before it have then run in the same transaction.
  await admin.query('begin; lock table servers in access share mode');
  const upgrade = migrateStore().then(
    () => 'migrated',
    () => 'died',
  );
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await until('the upgrade stands in the middle', async () => {
    const { rowCount } = await other.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%alter table servers%'",
    );
    return (rowCount ?? 0) > 0;
  });
  await other.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  expect(await upgrade).toBe('died');
  await admin.query('rollback');
  await other.end();
  expect(await applied()).toEqual(names.slice(0, 6));
  expect(await describeTables()).toBe(before);
  expect(await migrateStore()).toEqual(names.slice(6));
  expect(await applied()).toEqual(names);
});

test('S70: one that dies between the tables and the queue is completed too', async () => {
  await admin.query('drop schema graphile_worker cascade');
  expect(await migrateStore()).toEqual([]);
  const { rows } = await admin.query("select to_regclass('graphile_worker.jobs') is not null as is_there");
  expect(rows).toEqual([{ is_there: true }]);
});
