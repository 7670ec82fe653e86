import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, ensureTemplate, testServer } from './test-database';

async function query(url: string, sql: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string }>(sql);
    return rows.map((row) => row.value);
  } finally {
    await client.end();
  }
}

test('every test gets a database of its own, cloned from the template', async () => {
  const fills: string[] = [];
  const fill = async (url: string) => {
    fills.push(url);
    await query(url, "create table greeting as select 'hello'::text as value");
  };
  const names = await Promise.all([ensureTemplate('template_a', fill), ensureTemplate('template_a', fill)]);
  const first = await createTestDatabase({ template: names[0] });
  const second = await createTestDatabase({ template: names[1] });
  try {
    await query(first.url, "update greeting set value = 'changed'");
    expect(await query(first.url, 'select value from greeting')).toEqual(['changed']);
    expect(await query(second.url, 'select value from greeting')).toEqual(['hello']);
    expect(fills).toHaveLength(1);
  } finally {
    await Promise.all([first.drop(), second.drop()]);
  }
});

test('drop ends the sessions on the database', async () => {
  const database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.url });
  const ended = new Promise((resolve) => client.on('error', resolve));
  await client.connect();
  await database.drop();
  await ended;
  const left = `select datname as value from pg_database where datname = '${database.name}'`;
  expect(await query(testServer(), left)).toEqual([]);
});

test('the server is UTF-8, in UTC, and has pg_stat_statements loaded', async () => {
  const settings = `select name || '=' || setting as value from pg_settings
    where name in ('server_encoding', 'TimeZone', 'shared_preload_libraries') order by name collate "C"`;
  expect(await query(testServer(), settings)).toEqual([
    'TimeZone=UTC',
    'server_encoding=UTF8',
    'shared_preload_libraries=pg_stat_statements',
  ]);
});
