import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExportFormat, RowsPage, ShownRow } from './api-types';
import { browseRows } from './run-browse';
import { applyEdits } from './run-edit';
import { exportRelation } from './run-export';
import type { Actor } from './server';
import { allTypesSql } from './testing/all-types';
import { actorOf, type Fixture, openFixture } from './testing/fixture';

let fixture: Fixture;
let developer: Actor;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(allTypesSql);
  developer = await actorOf('developer');
});
afterAll(() => fixture.close());

const placeOf = (database: string, relation: string) => ({
  ...{ server: 'demo', database, schema: 'public', relation },
});

function browse(relation: string, database = fixture.target.name): Promise<RowsPage> {
  return browseRows(developer, placeOf(database, relation), { limit: 100, filters: [] }, never);
}

function shown({ fields, rows }: RowsPage, row: number): ShownRow {
  return { cells: fields.map(({ name }, column) => ({ column: name, value: rows[row]?.[column] ?? null })) };
}

test('every value is the text that PostgreSQL itself makes of it', async () => {
  const { fields, rows } = await browse('all_types');
  await fixture.onTarget.query(
    "set DateStyle = 'ISO, MDY'; set IntervalStyle = postgres; set TimeZone = 'UTC'; set extra_float_digits = 1",
  );
  for (const [place, { name }] of fields.entries()) {
    const { rows: texts } = await fixture.onTarget.query(
      `select case when "${name}" is distinct from null then format('%s', "${name}") end as text from all_types order by id`,
    );
    expect([name, rows.map((row) => row[place])]).toEqual([name, texts.map(({ text }) => text)]);
  }
});

test('S66: what a database sets for its sessions changes no text, neither in nor out', async () => {
  const before = await browse('all_types');
  const settings = {
    DateStyle: "'SQL, DMY'",
    IntervalStyle: 'sql_standard',
    TimeZone: "'Asia/Tokyo'",
    bytea_output: 'escape',
    extra_float_digits: '-3',
    xmlbinary: 'hex',
    xmloption: 'document',
    array_nulls: 'off',
    standard_conforming_strings: 'off',
    client_encoding: 'LATIN1',
  };
  for (const [name, value] of Object.entries(settings)) {
    await fixture.onTarget.query(`alter database ${fixture.target.name} set ${name} = ${value}`);
  }
  await fixture.onTarget.query(
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and usename like 'howdah%'`,
  );
  const sum = async () =>
    (await fixture.onTarget.query(`select md5(string_agg(w::text, '' order by id)) as sum from all_types w`))
      .rows;
  const stored = await sum();
  const after = await browse('all_types');
  expect(after.rows).toEqual(before.rows);
  for (const row of after.rows.keys()) {
    const set = shown(after, row).cells.filter(({ column }) => column !== 'id');
    const change = { type: 'update' as const, row: shown(after, row), set };
    expect(
      await applyEdits(developer, placeOf(fixture.target.name, 'all_types'), [change], never),
    ).toMatchObject({
      applied: 1,
    });
  }
  expect(await sum()).toEqual(stored);
});

describe('a database of another encoding', () => {
  const databases: string[] = [];

  async function make(encoding: string, sql: string): Promise<string> {
    const name = `${fixture.target.name}_${encoding.toLowerCase()}`;
    await fixture.onTarget.query(
      `create database ${name} encoding '${encoding}' lc_collate 'C' lc_ctype 'C' template template0`,
    );
    databases.push(name);
    const url = Object.assign(new URL(fixture.target.url), { pathname: name });
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await client.query(
      `${sql}; grant usage on schema public to howdah_read, howdah_write;
       grant connect on database ${name} to howdah_read, howdah_write;
       grant select on all tables in schema public to howdah_read, howdah_write;
       grant insert, update, delete on all tables in schema public to howdah_write`,
    );
    await client.end();
    return name;
  }

  async function exported(relation: string, database: string, format: ExportFormat): Promise<string> {
    const wanted = { server: 'demo', database, relation: `public.${relation}`, filters: [] };
    const { stream } = await exportRelation(developer, wanted, { format, escapeFormulas: false }, never);
    return new Response(stream).text();
  }

  afterAll(async () => {
    for (const name of databases) await fixture.onTarget.query(`drop database ${name} with (force)`);
  });

  test('LATIN1 shows its rows, takes what it can hold, and says what it can not', async () => {
    const name = await make(
      'LATIN1',
      `create table words (id int primary key, w text); insert into words values (1, 'été')`,
    );
    const page = await browse('words', name);
    expect(page.rows).toEqual([['1', 'été']]);
    const change = (value: string) =>
      applyEdits(
        developer,
        placeOf(name, 'words'),
        [{ type: 'update', row: shown(page, 0), set: [{ column: 'w', value }] }],
        never,
      );
    const refused = await change('€');
    expect('error' in refused && refused.error).toMatchObject({ code: 'query_failed', sqlstate: '22P05' });
    expect(await change('où')).toMatchObject({ applied: 1 });
    expect((await browse('words', name)).rows).toEqual([['1', 'où']]);
    expect(await exported('words', name, 'csv')).toBe('id,w\n1,où\n');
    expect(await exported('words', name, 'ndjson')).toBe('{"id":1,"w":"où"}\n');
  });

  test('SQL_ASCII shows rows that are UTF-8, and one clear error for bytes that are not', async () => {
    const name = await make(
      'SQL_ASCII',
      `create table good (id int primary key, w text); insert into good values (1, 'é');
       create table bad (id int primary key, w text); insert into bad values (1, 'ok'), (2, E'\\xff\\xfe')`,
    );
    expect((await browse('good', name)).rows).toEqual([['1', 'é']]);
    const unreadable = { code: 'query_failed', sqlstate: '22021' };
    await expect(browse('bad', name)).rejects.toMatchObject(unreadable);
    for (const format of ['csv', 'ndjson', 'sql'] as const) {
      expect(await exported('good', name, format), format).toContain('é');
      await expect(exported('bad', name, format), format).rejects.toMatchObject(unreadable);
    }
  });
});
