import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '@/migrations';
import { createTestDatabase, type TestDatabase, testServer } from '@/scripts/embedded/test-database';
import { migrateStore } from './migrate';

let database: TestDatabase;
let admin: pg.Client;
let app: pg.Client;

function urlFor(user: string): string {
  const url = new URL(database.url);
  url.username = user;
  url.password = 'x';
  return url.href;
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

beforeAll(async () => {
  database = await createTestDatabase();
  const server = await connected(testServer());
  await server.query("create role test_owner login password 'x'; create role test_app login password 'x'");
  await server.query("create role test_other login password 'x'");
  await server.query(`alter database ${database.name} owner to test_owner`);
  await server.end();
  admin = await connected(database.url);
  await admin.query('alter schema public owner to test_owner');
  // biome-ignore lint/style/noProcessEnv: the environment of the code under test
  Object.assign(process.env, { DATABASE_URL: urlFor('test_app'), HOWDAH_OWNER_URL: urlFor('test_owner') });
});
afterAll(async () => {
  await app.end();
  await admin.end();
  await database.drop();
  const server = await connected(testServer());
  await server.query('drop role test_owner, test_app, test_other');
  await server.end();
});

test('migrates as the owner, once', async () => {
  expect(await migrateStore()).toEqual(Object.keys(migrations));
  expect(await migrateStore()).toEqual([]);
  app = await connected(urlFor('test_app'));
});

test('S50: the app may insert into the history and never change it', async () => {
  const id = 'uuid_at(now())';
  await app.query(`insert into query_outcome (history_id, status) values (${id}, 'succeeded')`);
  for (const sql of [
    'update query_outcome set status = $$failed$$',
    'delete from query_history',
    'truncate query_outcome',
    'update audit_log set username = $$x$$',
    'delete from audit_log',
    'truncate audit_log',
    'update seals set height = 1',
    'delete from seals',
    'truncate seals',
  ]) {
    await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
  }
  for (const sql of [
    'drop trigger insert_only on query_history',
    'drop trigger insert_only on audit_log',
    'drop trigger insert_only on seals',
    'alter table query_history disable trigger all',
    'create table mine ()',
  ]) {
    await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
  }
});

test('not even a superuser changes a row, in a partition either', async () => {
  const { rows } = await admin.query(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where inhparent in ('query_history'::regclass, 'query_outcome'::regclass, 'audit_log'::regclass)`,
  );
  expect(rows).toHaveLength(12);
  for (const { name } of rows) await expect(admin.query(`truncate ${name}`)).rejects.toThrow(/insert-only/);
  const own = await admin.query('select tableoid::regclass as name from query_outcome');
  await expect(admin.query(`delete from ${own.rows[0].name}`)).rejects.toThrow(/insert-only/);
});

test('rows go to the partition of their month', async () => {
  await app.query('select ensure_history_partitions()');
  const { rows } = await admin.query(
    "select tableoid::regclass::text as name, 'query_outcome_' || to_char(now() at time zone 'UTC', 'YYYY_MM') as due from query_outcome",
  );
  expect(rows[0].name).toBe(rows[0].due);
});

test('nobody else may connect to the store', async () => {
  await expect(connected(urlFor('test_other'))).rejects.toMatchObject({ code: '42501' });
});

test('an older Howdah refuses a newer store', async () => {
  await admin.query("insert into kysely_migration values ('9999_future', now()::text)");
  await expect(migrateStore()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/newer Howdah .*9999_future/),
  });
  await admin.query("delete from kysely_migration where name = '9999_future'");
});
