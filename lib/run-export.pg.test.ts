import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExportFormat } from './api-types';
import type { OpenExport } from './run-copy';
import { exportQuery, exportRelation, type RelationExport } from './run-export';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture, until } from './testing/fixture';
import { hostileSql, hostileTables } from './testing/hostile';

let fixture: Fixture;
let actor: Actor;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(`
    ${hostileSql}
    create type mood as enum ('calm', 'it''s', '"x"');
    create type pair as (a int, b text);
    create domain positive as int check (value > 0);
    create table kinds (id bigint primary key, small smallint, "Mixed ""Case" text, num numeric, f8 float8, f4 float4,
      flag boolean, t timestamptz, d date, i interval, raw bytea, j json, jb jsonb, list int[], texts text[], m mood,
      p pair, pos positive, u uuid, r int4range, pt point, x xml, pad character(5), m2 money, bits bit varying, big numeric);
    insert into kinds (id, small, "Mixed ""Case", num, f8, f4, flag, t, d, i, raw, j, jb, list, texts, m, p, pos, r, pt,
        x, pad, bits, big) values
      (9007199254740993, -1, e'a"b\\\\c\\n\\t\\r,;🐘''é', 1.10, 'NaN', 'Infinity', true, '2026-01-01 00:00:00.123456+02',
        'infinity', '1 year -3 days 00:00:01.5', '\\x00ff5c', e'{"a": 9007199254740993,\\n "a": 1.10}', '{"n": 1e400}',
        '[0:1]={1,2}', '{NULL,"","NULL","a,b","\\\\"}', 'it''s', row(1, 'x "y"'), 7, '[1,5)', '(1,2)', '<a>&amp;</a>', 'ab',
        '0101', 'NaN'),
      (1, null, '', 'NaN', '-0', '1e-30', false, '-infinity', '4713-01-01 BC', null, '', 'null', 'null', '{}', '{}', null,
        null, null, 'empty', null, null, '', '', '12345678901234567890123456789012345678901234567890.123456789'),
      (2, 0, 'NULL', 0.00, 1e308, 0.1, null, null, null, null, null, null, null, null, null, 'calm', null, 1, null, null,
        null, null, null, null),
      (3, 1, '\\N', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null),
      (4, 1, '\\.', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null);
    create table made (id int generated always as identity, n int, twice int generated always as (n * 2) stored);
    insert into made (n) values (1), (2);
    create table cells (id int primary key, body text);
    insert into cells values (1, '=1+1'), (2, '+1'), (3, '-1'), (4, '@x'), (5, e'\\tx'), (6, e'\\rx'), (7, 'a=b'), (8, '');
    create table huge (id int primary key, body text);
    insert into huge values (1, repeat('0123456789', 3000000));
    create table loose (body text);
  `);
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

type More = Partial<RelationExport & { format: ExportFormat; escapeFormulas: boolean; timeoutMs: number }>;

function openRelation(relation: string, { format = 'csv', escapeFormulas = false, ...more }: More = {}) {
  const place = { server: 'demo', database: fixture.target.name, relation, filters: [], ...more };
  return exportRelation(actor, place, { format, escapeFormulas }, never);
}

function openQuery(
  sql: string,
  format: ExportFormat = 'csv',
  params: (string | null)[] = [],
  signal = never,
) {
  const options = { format, escapeFormulas: false };
  return exportQuery(actor, { server: 'demo', database: fixture.target.name, sql, params }, options, signal);
}

async function textOf({ stream }: OpenExport): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function historyOf(id: string) {
  const { rows } = await fixture.onStore.query(
    `select h.kind, h.level, h.sql, o.status, o.rows::int, o.sqlstate from query_history h
      left join query_outcome o on o.history_id = h.id where h.id = $1`,
    [id],
  );
  return rows[0];
}

/** Hashes of all rows of a table, as PostgreSQL itself sees them. */
async function hashOf(table: string): Promise<string[]> {
  const { rows } = await fixture.onTarget.query(`select md5(x::text) as hash from ${table} x order by 1`);
  return rows.map(({ hash }) => hash);
}

describe('S66: rows come back as they were', () => {
  beforeAll(() => fixture.onTarget.query('create table back (like kinds)'));
  const expectSame = async () => expect(await hashOf('back')).toEqual(await hashOf('kinds'));

  test('from CSV', async () => {
    const text = await textOf(await openRelation('public.kinds'));
    expect(text.split('\n')[0]).toContain('id,small,"Mixed ""Case",num');
    await fixture.onTarget.query('truncate back');
    await pipeline(
      Readable.from([text]),
      fixture.onTarget.query(from('copy back from stdin (format csv, header)')),
    );
    await expectSame();
  });

  test.each([
    ['json', (text: string) => text],
    ['ndjson', (text: string) => `[${text.trimEnd().split('\n').join(',')}]`],
  ] as const)('from %s', async (format, asArray) => {
    const text = await textOf(await openRelation('public.kinds', { format }));
    expect(JSON.parse(asArray(text))).toHaveLength(5);
    expect(text).toContain('{"id":9007199254740993,"small":-1,"Mixed \\"Case":');
    expect(text).toContain('"num":1.10,"f8":"NaN","f4":"Infinity","flag":true');
    expect(text).toContain('"j":{"a": 9007199254740993,  "a": 1.10}');
    await fixture.onTarget.query('truncate back');
    await fixture.onTarget.query('insert into back select * from json_populate_recordset(null::back, $1)', [
      asArray(text),
    ]);
    // PostgreSQL keeps the blanks of json as they came, and NULL and the JSON null are the same in an object.
    await fixture.onTarget.query(`update back b set j = k.j, jb = k.jb from kinds k
      where k.id = b.id and (b.j::text is null or b.j::text = translate(k.j::text, e'\\n', ' '))
        and (b.jb is not distinct from k.jb or k.jb = 'null')`);
    await expectSame();
  });

  test('from INSERTs, past generated columns and identities', async () => {
    const text = await textOf(await openRelation('public.kinds', { format: 'sql' }));
    await fixture.onTarget.query('truncate back');
    await fixture.onTarget.query(text.replaceAll('insert into public.kinds ', 'insert into back '));
    await expectSame();
    const made = await textOf(await openRelation('public.made', { format: 'sql' }));
    expect(made.split('\n')[0]).toBe(
      'insert into public.made (id, n) overriding system value values (1, 1);',
    );
    const before = await hashOf('made');
    await fixture.onTarget.query(`truncate made; ${made}`);
    expect(await hashOf('made')).toEqual(before);
  });
});

describe('an export', () => {
  test('takes the order and the filter of the page', async () => {
    const text = await textOf(
      await openRelation('public.cells', { sort: 'id.desc', filters: ['id.in.2,3,7'] }),
    );
    expect(text).toBe('id,body\n7,a=b\n3,-1\n2,+1\n');
    for (const more of [
      { sort: 'nothing' },
      { sort: 'id.up' },
      { filters: ['id.near.1'] },
      { filters: ['x.eq.1'] },
    ]) {
      await expect(openRelation('public.cells', more)).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(openRelation('public.nothing')).rejects.toMatchObject({ code: 'not_found' });
    await expect(openRelation('cells')).rejects.toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['csv', 'id,body\n'],
    ['json', '[\n]\n'],
    ['ndjson', ''],
    ['sql', ''],
  ] as const)('of no rows is a whole %s file', async (format, expected) => {
    expect(await textOf(await openRelation('public.cells', { format, filters: ['id.lt.0'] }))).toBe(expected);
  });

  test('takes the columns that are shown, as they are shown, and no other', async () => {
    const text = async (relation: string, more: More) =>
      textOf(await openRelation(`public.${relation}`, { filters: ['id.eq.1'], ...more }));
    expect(await text('made', {})).toBe('id,n,twice\n1,1,2\n');
    expect(await text('made', { columns: 'twice,n' })).toBe('twice,n\n2,1\n');
    expect(await text('made', { columns: 'twice,n', format: 'sql' })).toBe(
      'insert into public.made (n) values (1);\n',
    );
    const odd = { columns: 'Mixed%20%22Case,id', filters: ['id.eq.2'] };
    expect(await text('kinds', odd)).toBe('"Mixed ""Case",id\nNULL,2\n');
    for (const columns of ['nothing', 'id,id', 'id, n', '*', 'id) to stdout; --'])
      await expect(openRelation('public.made', { columns })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('of a query names and keeps each of its columns', async () => {
    const sql = 'select 1 as a, 2 as a, 3 as a_2, null as "?column?" where $1 = \'x\'; -- the end';
    expect(await textOf(await openQuery(sql, 'csv', ['x']))).toBe('a,a,a_2,?column?\n1,2,3,\n');
    expect(await textOf(await openQuery(sql, 'ndjson', ['x']))).toBe(
      '{"a":1,"a_3":2,"a_2":3,"?column?":null}\n',
    );
    expect(await textOf(await openQuery("values (1, 'b''\\')", 'sql'))).toBe(
      "insert into result (column1, column2) values (1, E'b''\\\\');\n",
    );
    expect(await textOf(await openQuery('select from generate_series(1, 2)', 'json'))).toBe(
      '[\n{},\n{}\n]\n',
    );
  });

  test('S34: changes cells that a spreadsheet would run when asked to, and only then', async () => {
    const plain = await textOf(await openRelation('public.cells'));
    expect(plain).toBe('id,body\n1,=1+1\n2,+1\n3,-1\n4,@x\n5,\tx\n6,"\rx"\n7,a=b\n8,""\n');
    const safe = await textOf(await openRelation('public.cells', { escapeFormulas: true }));
    expect(safe).toBe(`id,body\n1,'=1+1\n2,'+1\n3,'-1\n4,'@x\n5,'\tx\n6,"'\rx"\n7,a=b\n8,""\n`);
    const number = await openRelation('public.kinds', { escapeFormulas: true, filters: ['small.eq.-1'] });
    expect(await textOf(number)).toContain('\n9007199254740993,-1,');
  });

  test('S29, S34: of a hostile name is that relation, in a safe file', async () => {
    for (const name of hostileTables) {
      const encode = (text: string) => encodeURIComponent(text).replaceAll('.', '%2E');
      const opened = await openRelation(`hostile.${encode(name)}`, { format: 'ndjson' });
      expect(opened.disposition, name).toMatch(/filename="[\w-]+\.ndjson"/);
      const rows = (await textOf(opened)).trimEnd().split('\n');
      expect(Object.values(JSON.parse(rows[0] ?? '')), name).toContain(name);
      expect(rows, name).toHaveLength(2);
    }
    expect((await fixture.onTarget.query('select id from public.witness')).rows).toEqual([{ id: 1 }]);
  });

  test('is recorded before anything is sent, at the read level whoever asks', async () => {
    for (const role of ['reviewer', 'developer', 'admin'] as const) {
      const place = { server: 'demo', database: fixture.target.name, sql: 'select 1 as n', params: [] };
      const options = { format: 'csv' as const, escapeFormulas: false };
      const opened = await exportQuery(await actorOf(role), place, options, never);
      expect(await textOf(opened)).toBe('n\n1\n');
      expect(await historyOf(opened.id)).toMatchObject({
        ...{ kind: 'export', level: 'read', status: 'succeeded', rows: 1 },
        sql: expect.stringContaining('copy (\nselect 1 as n\n) to stdout'),
      });
    }
    await fixture.onStore.query('begin; lock table query_history');
    const waiting = openQuery("select 'unrecorded-export'");
    const recording =
      "select from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into query_history%'";
    await until('its record waits', async () => (await fixture.onTarget.query(recording)).rowCount === 1);
    const sent = "select from pg_stat_activity where query ~ 'unrecorded-export' and pid <> pg_backend_pid()";
    expect((await fixture.onTarget.query(sent)).rowCount).toBe(0);
    await fixture.onStore.query('rollback');
    expect(await textOf(await waiting)).toContain('unrecorded-export');
  });

  test('passes a row of any size as CSV, and refuses it loudly elsewhere', async () => {
    const text = await textOf(await openRelation('public.huge'));
    expect(text.length).toBe('id,body\n1,'.length + 30_000_001);
    await expect(openRelation('public.huge', { format: 'json' })).rejects.toMatchObject({
      code: 'too_large',
    });
  });
});

describe('what goes wrong', () => {
  test('before the first row is an error with its place in the query', async () => {
    for (const format of ['csv', 'json'] as const) {
      await expect(openQuery('select 1, wrong', format)).rejects.toMatchObject({
        ...{ code: 'query_failed', sqlstate: '42703', position: 11 },
      });
    }
    for (const format of ['csv', 'json', 'ndjson', 'sql'] as const) {
      await expect(
        openQuery('select 1 / (1 - n) from generate_series(1, 3) n', format),
      ).rejects.toMatchObject({
        sqlstate: '22012',
      });
    }
    await expect(openQuery('select 1; select 2')).rejects.toMatchObject({ code: 'invalid' });
    await expect(openQuery('explain select 1')).rejects.toMatchObject({ code: 'invalid' });
    await expect(openQuery('show all')).rejects.toMatchObject({ code: 'invalid' });
    await expect(openQuery('select $1')).rejects.toMatchObject({ code: 'invalid' });
  });

  test.each(['csv', 'json', 'ndjson', 'sql'] as const)(
    'after the first row breaks the %s off',
    async (format) => {
      const opened = await openQuery('select 1 / (500000 - n) from generate_series(1, 1000000) n', format);
      const reader = opened.stream.getReader();
      expect((await reader.read()).done).toBe(false);
      const drain = async () => {
        for (;;) if ((await reader.read()).done) return 'whole';
      };
      await expect(drain()).rejects.toMatchObject({ sqlstate: '22012' });
      expect(await historyOf(opened.id)).toMatchObject({ status: 'failed', sqlstate: '22012' });
    },
  );

  const endless = "select repeat('x', 1000), generate_series(1, 100000000)";
  const isRunning = async () =>
    (await fixture.onTarget.query("select from pg_stat_activity where state = 'active' and query ~ '^copy'"))
      .rowCount !== 0;

  test.each(['csv', 'json'] as const)('a client that leaves cancels the %s', async (format) => {
    const opened = await openQuery(endless, format);
    await opened.stream.cancel();
    expect(await historyOf(opened.id)).toMatchObject({ status: 'cancelled' });
    await until('it is gone', async () => !(await isRunning()));
  });

  test('a client that leaves before the first row cancels it too', async () => {
    const controller = new AbortController();
    const opening = openQuery('select pg_sleep(605)', 'csv', [], controller.signal);
    const refused = expect(opening).rejects.toMatchObject({ sqlstate: '57014' });
    await until('it runs', isRunning);
    controller.abort();
    await refused;
    await until('it is gone', async () => !(await isRunning()));
  });

  test('a client that does not read holds up PostgreSQL, not memory', async () => {
    const opened = await openQuery(endless);
    const state = "select wait_event from pg_stat_activity where query ~ '^copy' and state = 'active'";
    await until('it waits for the client', async () => {
      const { rows } = await fixture.onTarget.query(state);
      return rows[0]?.wait_event === 'ClientWrite';
    });
    await opened.stream.cancel();
  });
});
