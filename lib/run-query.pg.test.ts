import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startScript } from './run-query';
import { actorOf, eventOf, type Fixture, openFixture, requestOf, runAll, until } from './testing/fixture';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture(`
    create type mood as enum ('calm', 'keen');
    create table notes (id bigint primary key, body text, mood mood default 'calm');
    insert into notes select i, 'note ' || i from generate_series(1, 5000) i;
    create table parents (id int primary key);
    create table children (id int primary key, parent int references parents deferrable initially deferred);
    create function announce() returns int language plpgsql as $$ begin raise warning 'hello'; return 1; end $$;
  `);
});
afterAll(() => fixture.close());

async function historyOf(id: string) {
  const { rows } = await fixture.onStore.query(
    'select h.*, o.status, o.rows, o.sqlstate, o.message from query_history h left join query_outcome o on o.history_id = h.id where h.id = $1',
    [id],
  );
  return rows[0];
}

describe('results', () => {
  test('come as the text that PostgreSQL sends, with type names', async () => {
    const sql = `select 9007199254740993::int8 as big, 1.10::numeric as n, null as nothing, '' as empty,
      '2026-01-01 00:00:00.123456'::timestamp as t, 'keen'::mood as mood, e'a"b\\\\c\\n\\x01🐘' as odd`;
    const events = await runAll('reviewer', requestOf(fixture, sql));
    expect(events.map((event) => event.type)).toEqual(['start', 'fields', 'rows', 'done']);
    expect(eventOf(events, 'fields').fields.map((field) => field.type)).toEqual([
      'int8',
      'numeric',
      'text',
      'text',
      'timestamp',
      'mood',
      'text',
    ]);
    expect(eventOf(events, 'rows').rows).toEqual([
      ['9007199254740993', '1.10', null, '', '2026-01-01 00:00:00.123456', 'keen', 'a"b\\c\n\x01🐘'],
    ]);
    expect(eventOf(events, 'done')).toMatchObject({ command: 'SELECT', row_count: 1, truncated: false });
  });

  test('keep duplicate column names, no columns and 1,600 columns', async () => {
    const twice = await runAll('reviewer', requestOf(fixture, 'select 1 as a, 2 as a'));
    expect(eventOf(twice, 'rows').rows).toEqual([['1', '2']]);
    const none = await runAll('reviewer', requestOf(fixture, 'select from generate_series(1, 3)'));
    expect(eventOf(none, 'fields').fields).toEqual([]);
    expect(eventOf(none, 'rows').rows).toEqual([[], [], []]);
    const wide = await runAll(
      'reviewer',
      requestOf(fixture, `select ${Array.from({ length: 1600 }, (_, i) => i).join(', ')}`),
    );
    expect(eventOf(wide, 'rows').rows[0]).toHaveLength(1600);
  });

  test('cut a cell over 64 kB at a character and say its length', async () => {
    const events = await runAll('reviewer', requestOf(fixture, "select 1, repeat('é', 50000), 'next'"));
    const { rows, cut } = eventOf(events, 'rows');
    expect(cut).toEqual([[0, 1, 100_000]]);
    expect(rows[0]?.[1]).toBe('é'.repeat(32_768));
    expect(rows[0]?.[2]).toBe('next');
  });

  test('stop at max_rows and say so', async () => {
    const capped = await runAll(
      'reviewer',
      requestOf(fixture, 'select id from notes order by id', { maxRows: 10 }),
    );
    expect(eventOf(capped, 'rows').rows).toHaveLength(10);
    expect(eventOf(capped, 'done')).toMatchObject({ truncated: true, row_count: 10 });
    const exact = await runAll(
      'reviewer',
      requestOf(fixture, 'select id from notes limit 10', { maxRows: 10 }),
    );
    expect(eventOf(exact, 'done')).toMatchObject({ truncated: false, row_count: 10 });
  });

  test('at the write level a row cap stops sending, not running', async () => {
    const sql = 'update notes set body = body where id <= 100 returning id';
    const events = await runAll('developer', requestOf(fixture, sql, { level: 'write', maxRows: 5 }));
    expect(eventOf(events, 'rows').rows).toHaveLength(5);
    expect(eventOf(events, 'done')).toMatchObject({ command: 'UPDATE', row_count: 100, truncated: true });
  });

  test('bring notices and bound parameters', async () => {
    const notice = await runAll('reviewer', requestOf(fixture, 'select announce()'));
    expect(eventOf(notice, 'notice')).toMatchObject({ severity: 'WARNING', message: 'hello' });
    const bound = await runAll(
      'reviewer',
      requestOf(fixture, 'select $1::int + 1, $2::text', { params: ['41', null] }),
    );
    expect(eventOf(bound, 'rows').rows).toEqual([['42', null]]);
  });
});

describe('the history', () => {
  test('S51: holds no password, neither in a statement nor in what PostgreSQL says about it', async () => {
    const sql = `create role "x-${fixture.target.name}" password 'CANARY-1' valid until 'CANARY-2'; select 1`;
    const confirm = `demo/${fixture.target.name}`;
    const events = await runAll('admin', requestOf(fixture, sql, { level: 'owner', confirm }));
    const row = await historyOf(eventOf(events, 'start').id);
    expect(row.sql).toContain("password '<redacted>' valid until");
    expect(JSON.stringify(row)).not.toContain('CANARY-1');
    expect(row).toMatchObject({ status: 'failed', sqlstate: '22007' });
    const said = await runAll(
      'developer',
      requestOf(fixture, "do $$ begin raise exception 'no: password=CANARY-3 host=x'; end $$", {
        level: 'write',
      }),
    );
    const told = await historyOf(eventOf(said, 'start').id);
    expect(told.message).toBe('no: password=<redacted> host=x');
    expect(JSON.stringify(told)).not.toContain('CANARY');
  });
});

describe('a script', () => {
  test('gives one result a statement and skips what follows an error', async () => {
    const events = await runAll('reviewer', requestOf(fixture, 'select 1; select wrong; select 3; select 4'));
    expect(events.map((event) => event.type)).toEqual([
      'start',
      'fields',
      'rows',
      'done',
      'start',
      'error',
      'skipped',
    ]);
    expect(eventOf(events, 'error').error).toMatchObject({
      code: 'query_failed',
      sqlstate: '42703',
      position: 8,
    });
    expect(eventOf(events, 'skipped')).toEqual({ type: 'skipped', from: 3, to: 4 });
    const { rows } = await fixture.onStore.query(
      'select count(*)::int as n from query_history where sql = $1',
      ['select 3'],
    );
    expect(rows[0].n).toBe(0);
  });

  test('at the read level a syntax error is the failure of its statement, and is not sent', async () => {
    for (const transaction of ['each', 'script'] as const) {
      const sql = 'select 1; select 1 form notes; select 3';
      const events = await runAll('reviewer', requestOf(fixture, sql, { transaction }));
      expect(events.map((event) => event.type)).toEqual([
        ...['start', 'fields', 'rows', 'done'],
        ...['start', 'error', 'skipped'],
      ]);
      expect(eventOf(events, 'error').error).toMatchObject({
        code: 'query_failed',
        message: 'syntax error at or near "notes"',
        sqlstate: '42601',
        position: 15,
      });
      expect(eventOf(events, 'skipped')).toEqual({ type: 'skipped', from: 3, to: 3 });
      const failed = events.findLast((event) => event.type === 'start');
      const row = await historyOf(failed?.id ?? '');
      expect(row).toMatchObject({ sql: 'select 1 form notes', status: 'failed', sqlstate: '42601' });
      const { rows } = await fixture.onTarget.query('select query from pg_stat_activity where pid = $1', [
        row.pid,
      ]);
      expect(rows[0]?.query ?? '').not.toContain('form');
    }
    const alone = await runAll('reviewer', requestOf(fixture, "select 'open"));
    expect(alone.map((event) => event.type)).toEqual(['start', 'error']);
    expect(eventOf(alone, 'error').error).toMatchObject({ sqlstate: '42601', position: 8 });
    const write = await runAll('developer', requestOf(fixture, 'select 1 form notes', { level: 'write' }));
    expect(eventOf(write, 'error').error).toMatchObject({ sqlstate: '42601', position: 15 });
  });

  test('keeps each statement for itself, or is all or nothing', async () => {
    const sql = "insert into notes values (-1, 'a'); insert into notes values (-1, 'b')";
    await runAll('developer', requestOf(fixture, sql, { level: 'write' }));
    expect((await fixture.onTarget.query('select body from notes where id = -1')).rows).toEqual([
      { body: 'a' },
    ]);
    await fixture.onTarget.query('delete from notes where id = -1');
    await runAll('developer', requestOf(fixture, sql, { level: 'write', transaction: 'script' }));
    expect((await fixture.onTarget.query('select from notes where id = -1')).rowCount).toBe(0);
  });

  test('may hold a transaction of its own; one left open is rolled back and said so', async () => {
    const kept = 'begin; insert into notes values (-2); insert into notes values (-3); commit; select 1';
    const events = await runAll('developer', requestOf(fixture, kept, { level: 'write' }));
    expect(events.filter((event) => event.type === 'done')).toHaveLength(5);
    expect((await fixture.onTarget.query('select from notes where id in (-2, -3)')).rowCount).toBe(2);
    const open = await runAll(
      'developer',
      requestOf(fixture, 'begin; insert into notes values (-4)', { level: 'write' }),
    );
    expect(eventOf(open, 'notice').message).toMatch(/rolled back/);
    expect((await fixture.onTarget.query('select from notes where id = -4')).rowCount).toBe(0);
  });

  test('a commit that fails is the error of its statement', async () => {
    const events = await runAll(
      'developer',
      requestOf(fixture, 'insert into children values (1, 99)', { level: 'write' }),
    );
    expect(eventOf(events, 'error').error.sqlstate).toBe('23503');
    expect(await historyOf(eventOf(events, 'start').id)).toMatchObject({
      status: 'failed',
      sqlstate: '23503',
    });
  });

  test('a dry run changes nothing', async () => {
    const request = requestOf(fixture, 'delete from notes where id = 1', { level: 'write', isDryRun: true });
    expect(eventOf(await runAll('developer', request), 'done')).toMatchObject({
      command: 'DELETE',
      row_count: 1,
    });
    expect((await fixture.onTarget.query('select from notes where id = 1')).rowCount).toBe(1);
  });

  test('runs at the owner level what PostgreSQL refuses in a transaction, when confirmed', async () => {
    const request = requestOf(fixture, 'vacuum notes', {
      level: 'owner',
      confirm: `demo/${fixture.target.name}`,
    });
    expect(eventOf(await runAll('admin', request), 'done').command).toBe('VACUUM');
    await expect(runAll('admin', { ...request, confirm: undefined })).rejects.toThrow(/must be confirmed/);
    await expect(runAll('developer', request)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('leaves no state to the next', async () => {
    const level = 'write';
    await runAll(
      'developer',
      requestOf(fixture, "set work_mem = '77MB'; set search_path = nowhere; listen x", { level }),
    );
    const events = await runAll(
      'developer',
      requestOf(fixture, "select current_setting('work_mem'), count(*) from notes", { level }),
    );
    expect(eventOf(events, 'rows').rows[0]?.[0]).not.toBe('77MB');
  });
});

describe('the read level', () => {
  test.each([
    'delete from notes',
    'create table x (i int)',
    'set transaction read write; delete from notes',
    'with gone as (delete from notes returning 1) select * from gone',
  ])('refuses %s', async (sql) => {
    await expect(runAll('developer', requestOf(fixture, sql))).rejects.toMatchObject({ code: 'invalid' });
    expect((await fixture.onTarget.query('select from notes where id = 1')).rowCount).toBe(1);
  });

  test('is all that a reviewer has', async () => {
    const wanted = requestOf(fixture, 'delete from notes', { level: 'write' });
    await expect(runAll('reviewer', wanted)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('counts statements as the server does', async () => {
    const tricky = String.raw`select '\'; commit; delete from notes; select 1 --'`;
    await expect(runAll('reviewer', requestOf(fixture, tricky))).rejects.toThrow(/Statement 2 of 4/);
  });
});

describe('what can go wrong', () => {
  test.each([
    ['', /no statement/],
    ['-- nothing', /no statement/],
    ['select \0', /NUL/],
    ['select \ud800', /lone surrogate/],
    ['\\d notes', /psql/],
    ['select 1; copy notes from stdin', /Statement 2 of 2: COPY/],
    ['copy notes to stdout', /download/],
    ['commit', /read level/],
  ])('%j is refused before anything is sent', async (sql, message) => {
    await expect(runAll('developer', requestOf(fixture, sql))).rejects.toMatchObject({ code: 'invalid' });
    await expect(runAll('developer', requestOf(fixture, sql))).rejects.toThrow(message);
  });

  test('5 MB of text is refused with its size', async () => {
    const sql = `select '${'x'.repeat(5 * 1024 * 1024)}'`;
    await expect(runAll('developer', requestOf(fixture, sql))).rejects.toMatchObject({ code: 'too_large' });
    await expect(runAll('developer', requestOf(fixture, sql))).rejects.toThrow(/5\.0 MB/);
  });

  test('S63: five million rows pass by: the first long before the last, and memory stays flat', async () => {
    const actor = await actorOf('developer');
    const sql = "select i, repeat('x', 100) from generate_series(1, 5000000) i";
    const { events } = await startScript(actor, requestOf(fixture, sql), new AbortController().signal);
    const before = process.memoryUsage().rss;
    let rows = 0;
    let most = before;
    let id = '';
    for await (const event of events) {
      if (event.type === 'start') id = event.id;
      if (event.type !== 'rows') continue;
      if (rows === 0) expect(await historyOf(id)).toMatchObject({ status: null });
      rows += event.batch.count;
      most = Math.max(most, process.memoryUsage().rss);
    }
    expect(rows).toBe(5_000_000);
    expect(most - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('a row of 600 MB ends its own run and nothing else', async () => {
    const events = await runAll('developer', requestOf(fixture, "select repeat('x', 600000000)"));
    expect(eventOf(events, 'error').error).toMatchObject({ code: 'too_large' });
    expect(eventOf(events, 'error').error.message).toContain('60000');
    expect(process.memoryUsage().rss).toBeLessThan(512 * 1024 * 1024);
    expect(eventOf(await runAll('developer', requestOf(fixture, 'select 1')), 'done').row_count).toBe(1);
  });

  test('a killed backend is an error of that run; the next one works', async () => {
    const actor = await actorOf('developer');
    const sql = "select i, repeat('x', 1000) from generate_series(1, 10000000) i";
    const { events } = await startScript(actor, requestOf(fixture, sql), new AbortController().signal);
    const start = await events.next();
    await events.next();
    const id = start.value?.type === 'start' ? start.value.id : '';
    await fixture.onTarget.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [`howdah:${id}`],
    );
    let last: unknown;
    for await (const event of events) last = event;
    expect(last).toMatchObject({ type: 'error' });
    expect(await historyOf(id)).toMatchObject({ status: 'failed' });
    expect(eventOf(await runAll('developer', requestOf(fixture, 'select 1')), 'done').row_count).toBe(1);
  });

  test('a statement is cut at its deadline', async () => {
    const events = await runAll('reviewer', requestOf(fixture, 'select pg_sleep(60)', { timeoutMs: 300 }));
    expect(eventOf(events, 'error').error).toMatchObject({ code: 'timeout' });
    expect(await historyOf(eventOf(events, 'start').id)).toMatchObject({ status: 'timeout' });
  });

  test('an abort cancels on the server, and the history says so', async () => {
    const controller = new AbortController();
    const running = runAll('developer', requestOf(fixture, 'select pg_sleep(61)'), controller.signal);
    const isRunning = async () =>
      (
        await fixture.onTarget.query(
          "select from pg_stat_activity where query = 'select pg_sleep(61)' and state = 'active'",
        )
      ).rowCount === 1;
    await until('the query runs', isRunning);
    controller.abort();
    const events = await running;
    expect(eventOf(events, 'error').error.sqlstate).toBe('57014');
    expect(await historyOf(eventOf(events, 'start').id)).toMatchObject({ status: 'cancelled' });
    await until('the backend is idle or gone', async () => !(await isRunning()));
  });

  test('an abort at any moment leaves nothing running', async () => {
    const actor = await actorOf('developer');
    for (let delayMs = 0; delayMs < 10; delayMs += 0.25) {
      const controller = new AbortController();
      const request = requestOf(fixture, `select pg_sleep(63), ${delayMs}`);
      const { events } = await startScript(actor, request, controller.signal);
      await sleep(delayMs);
      controller.abort();
      const seen: unknown[] = [];
      for await (const event of events) seen.push(event);
      expect(seen.at(-1)).toMatchObject({ type: 'error', error: { sqlstate: '57014' } });
    }
    const sql = "select from pg_stat_activity where query like 'select pg_sleep(63)%' and state = 'active'";
    await until('no backend is busy', async () => (await fixture.onTarget.query(sql)).rowCount === 0);
  });

  test('a reader who leaves cancels the query', async () => {
    const { events } = await startScript(
      await actorOf('developer'),
      requestOf(fixture, 'select a.id from notes a, notes b, notes c'),
      new AbortController().signal,
    );
    const { value: start } = await events.next();
    await events.next();
    await events.return();
    const id = start?.type === 'start' ? start.id : '';
    expect(await historyOf(id)).toMatchObject({ status: 'cancelled' });
    await until('the backend is gone', async () => {
      const sql = 'select from pg_stat_activity where application_name = $1';
      return (await fixture.onTarget.query(sql, [`howdah:${id}`])).rowCount === 0;
    });
  });
});

describe('nothing unrecorded', () => {
  test("the store is nobody's database, not even at the owner level", async () => {
    const request = requestOf(fixture, 'delete from query_history', {
      database: fixture.store.name,
      level: 'owner',
      confirm: `demo/${fixture.store.name}`,
    });
    await expect(runAll('admin', request)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the row stands before the statement runs', async () => {
    const sql = 'select pg_sleep(60), 62';
    const controller = new AbortController();
    const running = runAll('developer', requestOf(fixture, sql), controller.signal);
    await until('it runs', async () => {
      const active = await fixture.onTarget.query(
        "select from pg_stat_activity where query = $1 and state = 'active'",
        [sql],
      );
      const recorded = await fixture.onStore.query('select from query_history where sql = $1', [sql]);
      if (active.rowCount === 1) expect(recorded.rowCount).toBe(1);
      return active.rowCount === 1;
    });
    controller.abort();
    await running;
  });

  test('S49: while the history is locked no statement reaches the target', async () => {
    await fixture.onStore.query('begin; lock table query_history');
    try {
      const sql = "insert into notes values (-77, 'unrecorded')";
      await expect(runAll('developer', requestOf(fixture, sql, { level: 'write' }))).rejects.toThrow(
        /history cannot be written, so nothing was sent/,
      );
      expect((await fixture.onTarget.query('select from notes where id = -77')).rowCount).toBe(0);
    } finally {
      await fixture.onStore.query('rollback');
    }
  });

  test.each(['update query_history set sql = $$x$$', 'delete from query_outcome', 'truncate query_history'])(
    'nobody may %s',
    async (sql) => {
      await expect(fixture.onStore.query(sql)).rejects.toThrow(/insert-only/);
    },
  );
});
