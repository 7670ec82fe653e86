import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../postgres/target';
import { checkServer } from '../run-health';
import { type Script, startScript } from '../run-query';
import type { Actor } from '../server';
import { actorOf, eventOf, type Fixture, openFixture, requestOf, runAll, until } from '../testing/fixture';
import { connectAsReader } from '../testing/raw-role';

let fixture: Fixture;
let reviewer: Actor;

beforeAll(async () => {
  fixture = await openFixture('create table held (id int primary key); insert into held values (1)');
  reviewer = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const never = () => new AbortController().signal;

async function countBackends(where: string): Promise<number> {
  const sql = `select count(*)::int as n from pg_stat_activity where usename = 'howdah_read' and (${where})`;
  return (await fixture.onTarget.query(sql)).rows[0].n;
}

async function start(sql: string, signal = never()): Promise<Script['events']> {
  return (await startScript(reviewer, requestOf(fixture, sql, { timeoutMs: 30_000 }), signal)).events;
}

/** Reads a run to its end and answers its last event. */
async function lastOf(events: Script['events']) {
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen.at(-1);
}

describe('S28: a read without end is cut at its limit, and its backend is gone', () => {
  test.each([
    ['select pg_sleep(600)'],
    ['with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'],
    [
      `select count(*) from ${Array.from({ length: 10 }, (_, i) => `generate_series(1, 1000) a${i}`).join(', ')}`,
    ],
    ['with recursive n(i) as (select 1 union all select i + 1 from n) select i from n'],
  ])('%s', async (sql) => {
    const events = await runAll('reviewer', requestOf(fixture, sql, { timeoutMs: 400, maxRows: 10 ** 9 }));
    expect(eventOf(events, 'error').error).toMatchObject({ code: 'timeout', sqlstate: '57014' });
    await until('the backend is gone', async () => (await countBackends("state = 'active'")) === 0);
  });

  test('the role has limits of its own, and its backend ends with its connection, whatever it unset', async () => {
    const raw = await connectAsReader(fixture);
    const shown =
      await raw.query(`select current_setting('statement_timeout') as s, current_setting('lock_timeout') as l,
      current_setting('idle_in_transaction_session_timeout') as i, current_setting('temp_file_limit') as t,
      current_setting('default_transaction_read_only') as r`);
    expect(shown.rows).toEqual([{ s: '1min', l: '2s', i: '10s', t: '1GB', r: 'on' }]);
    await expect(raw.query("set temp_file_limit = '-1'")).rejects.toMatchObject({ code: '42501' });
    await raw.query('set statement_timeout = 0');
    const running = raw.query('select pg_sleep(601)').catch(() => undefined);
    await until(
      'it runs',
      async () => (await countBackends("query ~ 'sleep\\(601\\)' and state = 'active'")) === 1,
    );
    raw.connection.stream.destroy();
    await running;
    await until('it is gone', async () => (await countBackends("query ~ 'sleep\\(601\\)'")) === 0);
  });
});

test('S25: nothing that a run leaves is there for the next one', async () => {
  const level = 'write';
  for (const sql of [
    "set work_mem = '77MB'; set search_path = nowhere; set session characteristics as transaction read only",
    'create temp table left_behind as select 1',
    'listen left_behind; prepare left_behind as select 1',
    'begin; declare left_behind cursor with hold for select 1; commit',
    'select pg_advisory_lock(4711)',
    'set statement_timeout = 0; set lock_timeout = 0',
  ]) {
    await runAll('developer', requestOf(fixture, sql, { level }));
    const events = await runAll(
      'developer',
      requestOf(
        fixture,
        `select (select count(*) from pg_prepared_statements), (select count(*) from pg_cursors where name <> ''),
          (select count(*) from pg_listening_channels()), (select count(*) from pg_locks where locktype = 'advisory' and objid = 4711),
          to_regclass('left_behind'), current_setting('work_mem') = '77MB', current_setting('search_path') = 'nowhere',
          current_setting('transaction_read_only'), current_setting('lock_timeout')`,
        { level },
      ),
    );
    expect(eventOf(events, 'rows').rows, sql).toEqual([['0', '0', '0', '0', null, 'f', 'f', 'off', '2s']]);
  }
});

describe('S58: when the server ends its sessions', () => {
  test('the next request works, whether one was idle or ran', async () => {
    const pid = process.pid;
    await runAll('reviewer', requestOf(fixture, 'select 1'));
    const ended = lastOf(await start('select pg_sleep(602)'));
    await until(
      'it runs',
      async () => (await countBackends("query ~ 'sleep\\(602\\)' and state = 'active'")) === 1,
    );
    await fixture.onTarget.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'howdah_read'",
    );
    expect(await ended).toMatchObject({ type: 'error' });
    await until('all are gone', async () => (await countBackends('true')) === 0);
    const events = await runAll('reviewer', requestOf(fixture, 'select 1'));
    expect(eventOf(events, 'done').row_count).toBe(1);
    expect(process.pid).toBe(pid);
  });
});

test('S59: a server that takes the connection and says nothing is given up', async () => {
  const sockets: net.Socket[] = [];
  const silent = net.createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as net.AddressInfo;
  const login = { user: 'u', password: 'p' };
  const endpoint = {
    host: '127.0.0.1',
    port,
    tls: { mode: 'disable' as const, ca: null },
    login,
    database: 'd',
  };
  const given = expect(connect(endpoint)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('does not answer'),
  });
  const events = await runAll('reviewer', requestOf(fixture, 'select 1'));
  expect(eventOf(events, 'done').row_count).toBe(1);
  await given;
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test('S60: who finds all connections busy is told so; health and cancelling are not touched', async () => {
  const controller = new AbortController();
  const busy = await Promise.all(
    Array.from({ length: 5 }, () => start('select pg_sleep(603)', controller.signal)),
  );
  const ends = busy.map(lastOf);
  await until(
    'five run',
    async () => (await countBackends("query ~ 'sleep\\(603\\)' and state = 'active'")) === 5,
  );
  await expect(runAll('reviewer', requestOf(fixture, 'select 1'))).rejects.toMatchObject({ code: 'limited' });
  expect(await countBackends('true')).toBe(5);
  expect(await checkServer(reviewer, 'demo')).toMatchObject({ status: 'healthy' });
  controller.abort();
  await Promise.all(ends);
  await until('none runs', async () => (await countBackends("state = 'active'")) === 0);
  expect(eventOf(await runAll('reviewer', requestOf(fixture, 'select 1')), 'done').row_count).toBe(1);
});

test('S61: a cancel that comes late hits no other run', async () => {
  for (let round = 0; round < 20; round++) {
    const controller = new AbortController();
    const events = await start('select 1', controller.signal);
    for await (const event of events) if (event.type === 'done') controller.abort();
    const next = await runAll('reviewer', requestOf(fixture, 'select pg_sleep(0.01), 2'));
    expect(eventOf(next, 'rows').rows).toEqual([['', '2']]);
  }
});

test('S62: whoever closes the tab cancels the query', async () => {
  const controller = new AbortController();
  const events = await start('select pg_sleep(604)', controller.signal);
  const last = lastOf(events);
  await until(
    'it runs',
    async () => (await countBackends("query ~ 'sleep\\(604\\)' and state = 'active'")) === 1,
  );
  controller.abort();
  await last;
  await until(
    'it is gone',
    async () => (await countBackends("query ~ 'sleep\\(604\\)' and state = 'active'")) === 0,
  );
});

test('S64: DDL does not queue for a lock for longer than its limit', async () => {
  await fixture.onTarget.query('begin; lock table held in access share mode');
  const owner = { level: 'owner' as const, confirm: `demo/${fixture.target.name}` };
  const events = await runAll('admin', requestOf(fixture, 'alter table held add column x int', owner));
  expect(eventOf(events, 'error').error).toMatchObject({ sqlstate: '55P03' });
  const read = await runAll('reviewer', requestOf(fixture, 'select * from held'));
  expect(eventOf(read, 'done').row_count).toBe(1);
  await fixture.onTarget.query('rollback; begin; lock table held');
  const blocked = await runAll('reviewer', requestOf(fixture, 'select * from held'));
  expect(eventOf(blocked, 'error').error).toMatchObject({ sqlstate: '55P03' });
  await fixture.onTarget.query('rollback');
});
