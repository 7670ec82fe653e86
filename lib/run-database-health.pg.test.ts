import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseHealth, UserRole } from './api-types';
import { readDatabaseHealth } from './run-database-health';
import { actorOf, type Fixture, openFixture } from './testing/fixture';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture(`
    create table "Big One" (id int primary key, word text, other text);
    insert into "Big One" select i, 'w', 'o' from generate_series(1, 20000) i;
    create index unused on "Big One" (word);
    create index used on "Big One" (other);
    analyze "Big One";
    delete from "Big One" where id <= 5000`);
  await fixture.onTarget.query(
    "update pg_index set indisvalid = false where indexrelid = 'unused'::regclass",
  );
});
afterAll(() => fixture.close());

async function health(role: UserRole = 'reviewer'): Promise<DatabaseHealth> {
  return readDatabaseHealth(await actorOf(role), { server: 'demo', database: fixture.target.name });
}

test('the counters of the database, each a figure or null', async () => {
  const { facts } = await health();
  expect(facts.value).toMatchObject({
    backends: expect.any(Number),
    max_connections: expect.any(Number),
    size_bytes: expect.any(Number),
    deadlocks: 0,
    xid_limit: expect.any(Number),
  });
  const ratio = facts.value?.cache_hit_ratio ?? 0;
  expect(ratio === null || (ratio >= 0 && ratio <= 1)).toBe(true);
});

test('tables by size with their dead rows, whoever holds one in ACCESS EXCLUSIVE', async () => {
  await fixture.onTarget.query('begin; lock table "Big One" in access exclusive mode');
  const locked = (await health()).tables.value?.find(({ name }) => name === 'Big One');
  expect(locked).toMatchObject({ schema: 'public', total_bytes: null, index_bytes: null });
  await fixture.onTarget.query('rollback');
  const free = (await health()).tables.value?.find(({ name }) => name === 'Big One');
  expect(free?.total_bytes).toBeGreaterThan(500_000);
  expect(free?.index_bytes).toBeGreaterThan(100_000);
  expect(free).toMatchObject({ vacuumed_at: null });
});

test('indexes that do not help, and none that holds a constraint', async () => {
  const { indexes } = await health();
  expect(indexes.value?.map(({ name, problem }) => [name, problem])).toEqual([
    ['unused', 'invalid'],
    ['used', 'unused'],
  ]);
});

test('without the extension the statements are not known, and why; nothing else fails', async () => {
  const { statements, tables } = await health();
  expect(statements.value).toBeNull();
  expect(statements.why).toMatch(/pg_stat_statements is not installed.*create extension/);
  expect(tables.why).toBeNull();
});

test('with the extension, the text of another role is hidden from the read level', async () => {
  await fixture.onTarget.query('create extension pg_stat_statements');
  // Only those that took the most time are listed, which others may be.
  await fixture.onTarget.query('select pg_stat_statements_reset()');
  await fixture.onTarget.query('select count(*) from generate_series(1, 10)');
  await health();
  const { statements } = await health();
  expect(statements.value?.length).toBeGreaterThan(2);
  expect(statements.value?.some(({ query }) => query === null)).toBe(true);
  expect(statements.value?.some(({ query }) => query?.includes('pg_stat_user_tables'))).toBe(true);
  expect(JSON.stringify(statements.value)).not.toContain('generate_series');
});

test('sessions that wait are listed for whoever looks', async () => {
  const { sessions } = await health('admin');
  expect(sessions.value).toMatchObject({ level: 'owner', items: [] });
});
