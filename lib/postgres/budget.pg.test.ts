import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { createBudget } from './budget';

let databases: TestDatabase[];

beforeAll(async () => {
  databases = [await createTestDatabase(), await createTestDatabase()];
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

function budgetOf(limit: number, waitMs = 300) {
  return createBudget({
    limit,
    waitMs,
    idleMs: 10_000,
    connect: async (name) => {
      const client = new pg.Client({
        connectionString: databases.find((database) => database.name === name)?.url,
      });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
  });
}

test('never opens more than its limit; who waits too long is told', async () => {
  const budget = budgetOf(2);
  const name = databases[0]?.name ?? '';
  const held = [await budget.acquire(name, 'runs'), await budget.acquire(name, 'runs')];
  await expect(budget.acquire(name, 'runs')).rejects.toMatchObject({ code: 'limited' });
  const waiting = budget.acquire(name, 'runs');
  held[0]?.release();
  expect((await waiting).client).toBe(held[0]?.client);
  expect(budget.size()).toBe(2);
  (await waiting).destroy();
  held[1]?.destroy();
  expect(budget.size()).toBe(0);
});

test('an idle connection of another database makes way', async () => {
  const budget = budgetOf(1);
  const first = await budget.acquire(databases[0]?.name ?? '', 'runs');
  first.release();
  const second = await budget.acquire(databases[1]?.name ?? '', 'runs');
  const { rows } = await second.client.query('select current_database() as name');
  expect(rows[0].name).toBe(databases[1]?.name);
  expect(budget.size()).toBe(1);
  second.destroy();
});

test('an idle connection that the server ends is not lent again', async () => {
  const budget = budgetOf(1);
  const name = databases[0]?.name ?? '';
  const lease = await budget.acquire(name, 'runs');
  const { rows } = await lease.client.query('select pg_backend_pid() as pid');
  const ended = new Promise((resolve) => lease.client.once('end', resolve));
  lease.release();
  const other = new pg.Client({ connectionString: databases[0]?.url });
  await other.connect();
  await other.query('select pg_terminate_backend($1)', [rows[0].pid]);
  await other.end();
  await ended;
  const next = await budget.acquire(name, 'runs');
  expect((await next.client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  next.destroy();
});
