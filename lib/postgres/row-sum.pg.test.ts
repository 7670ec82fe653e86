import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { createClient } from './connection';
import { findRowSums } from './row-sum';
import { parseServerUrl } from './url';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = createClient({ ...parseServerUrl(database.url), database: database.name });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The sum of a new table of these columns and rows. */
async function sumOf(columns: string, ...rows: string[]): Promise<string> {
  await client.query(`create table t (${columns})`);
  try {
    for (const row of rows) await client.query(`insert into t values (${row})`);
    const sums = await findRowSums(client);
    const answer = await client.query<{ sum: string }>(
      `select ${sums({ schema: 'public', name: 't' })} as sum from only t as r`,
    );
    return answer.rows[0]?.sum ?? '';
  } finally {
    await client.query('drop table t');
  }
}

test.each([
  ['numeric', '1.0', '1.00'],
  ['numeric', "'NaN'", 'null'],
  ['float8', "'-0'", "'0'"],
  ['int8', '-5', '4294967291'],
  ['int8', '4294967297', '0'],
  ['int4', '0', 'null'],
  ['text', "''", 'null'],
  ['text', "'a'", "'a '"],
  ['text', "'é'", "U&'e\\0301'"],
  ['jsonb', `'{"a": 1.0}'`, `'{"a": 1.00}'`],
  ['json', `'{"a":1}'`, `'{"a": 1}'`],
  ['interval', "'1 day'", "'24 hours'"],
  ['int4[]', "'{1}'", "'[0:0]={1}'"],
  ['point', "'(1,2)'", "'(1,2.0000001)'"],
  ['xml', "'<a/>'", "'<a></a>'"],
  ['bytea', "'\\x00'", "'\\x0000'"],
  ['timestamptz', "'2026-01-01 00:00:00.000001'", "'2026-01-01 00:00:00.000002'"],
  ['timestamp', "'2000-01-01 01:11:34.967301'", "'2000-01-01 02:23:09.934598'"],
  ['timestamptz', "'2000-01-01 01:11:34.967301+00'", "'2000-01-01 02:23:09.934598+00'"],
  ['timestamptz', "'infinity'", "'-infinity'"],
  ['bool', 'true', 'false'],
  ['varbit', "'0'", "'00'"],
  ['bpchar', "'a'", "'b'"],
])('%s: %s and %s have other sums', async (type, one, other) => {
  expect(await sumOf(`v ${type}`, one)).not.toBe(await sumOf(`v ${type}`, other));
  expect(await sumOf(`v ${type}`, one, other)).toBe(await sumOf(`v ${type}`, other, one));
});

test('values that change places within a row, or between rows, have other sums', async () => {
  expect(await sumOf('a int, b int', '1, 2')).not.toBe(await sumOf('a int, b int', '2, 1'));
  const columns = 'a int, b text, c numeric';
  const straight = await sumOf(columns, "1, 'x', 1", "2, 'y', 2");
  expect(await sumOf(columns, "2, 'x', 1", "1, 'y', 2")).not.toBe(straight);
  expect(await sumOf(columns, "1, 'y', 1", "2, 'x', 2")).not.toBe(straight);
  expect(await sumOf(columns, "1, 'x', 2", "2, 'y', 1")).not.toBe(straight);
});

test('the order of columns, which a restore may change, is none of the sum', async () => {
  expect(await sumOf('a int, "B" text, c numeric', "1, 'x', 2")).toBe(
    await sumOf('c numeric, a int, "B" text', "2, 1, 'x'"),
  );
});

test('a collation that takes two texts for one does not', async () => {
  await client.query(
    "create collation folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
  );
  const columns = 'v text collate folded';
  expect(await sumOf(columns, "'a'")).not.toBe(await sumOf(columns, "'A'"));
});

test('no function of anybody is called', async () => {
  await client.query(`create type money_of_ours as (amount int);
    create function as_text(money_of_ours) returns text language plpgsql as 'begin raise exception $$called$$; end';
    create cast (money_of_ours as text) with function as_text(money_of_ours) as implicit`);
  expect(await sumOf('v money_of_ours', 'row(1)')).not.toBe(await sumOf('v money_of_ours', 'row(2)'));
});

test('tables of no column, no row and 1,600 columns have a sum', async () => {
  expect(await sumOf('')).toBe('0');
  for (const type of ['int8', 'numeric']) {
    const wide = Array.from({ length: 1600 }, (_, at) => `c${at} ${type}`).join(', ');
    expect(await sumOf(wide, '1')).not.toBe(await sumOf(wide, '2'));
  }
});
