import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of one test's own. */
export interface TestDatabase {
  name: string;
  /** Superuser URL. */
  url: string;
  /** Ends every session on it and removes it. */
  drop(): Promise<void>;
}

/** Superuser URL of the tests' server, for a test that needs the server itself. Only in the `pg` project. */
export function testServer(database = 'postgres'): string {
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

/**
 * Makes a database with a name of its own, empty or cloned from `template` (which nobody may be connected to). Whoever
 * makes it drops it, in `afterEach` or `finally`.
 */
export async function createTestDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = pg.escapeIdentifier(options.template ?? 'template1');
  await onServer((client) => client.query(`create database ${name} template ${template}`));
  return {
    name,
    url: testServer(name),
    drop: async () => {
      await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/**
 * Makes the template database `name` once a run: the first test file to ask fills it, the others wait for that. `fill`
 * must close its connections. Resolves to the name, for `createTestDatabase`.
 */
export async function ensureTemplate(name: string, fill: (url: string) => Promise<void>): Promise<string> {
  const unfinished = `${name}_unfinished`;
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(`drop database if exists ${pg.escapeIdentifier(unfinished)} with (force)`);
    await client.query(`create database ${pg.escapeIdentifier(unfinished)}`);
    await fill(testServer(unfinished));
    await client.query(
      `alter database ${pg.escapeIdentifier(unfinished)} rename to ${pg.escapeIdentifier(name)}`,
    );
  });
  return name;
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServer() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
