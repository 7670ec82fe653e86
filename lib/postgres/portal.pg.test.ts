import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { type Ending, step } from './messages';
import { openPortal, type PortalEnd } from './portal';
import { createRowEncoder } from './rows';
import { rollBackAndDiscard, stayOpen } from './session';
import { tapWire } from './wire';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table if not exists notes (body text)');
  await client.query('truncate notes');
});
afterEach(() => client.end().catch(() => undefined));

/** `holdsBack`: whoever takes the rows asks for a pause each time, and never lets the statement go on. */
type More = { maxRows?: number; holdsBack?: boolean };
type Seen = { end: PortalEnd; rows: number; closed: boolean };

async function run(sql: string, before: string[], after: Ending, more: More = {}): Promise<Seen> {
  const { maxRows = 100, holdsBack = false } = more;
  let rows = 0;
  const tap = tapWire(client);
  const options = {
    sql,
    params: [],
    maxRows,
    isRunToEnd: false,
    before: before.map(step),
    after,
    encoder: createRowEncoder(),
  };
  const opened: { portal?: ReturnType<typeof openPortal> } = {};
  const end = await new Promise<PortalEnd>((resolve) => {
    opened.portal = openPortal(client, tap, options, {
      fields: () => undefined,
      rows: (batch) => {
        rows += batch.count;
        if (holdsBack) opened.portal?.pause();
      },
      notice: () => undefined,
      end: resolve,
    });
  });
  return { end, rows, closed: (await opened.portal?.closed) ?? false };
}

async function countOf(): Promise<string> {
  const { rows } = await client.query<{ count: string }>('select count(*) from notes');
  return rows[0]?.count ?? '';
}

test('when a step before it fails, the statement is not run', async () => {
  const seen = await run("insert into notes values ('unsafe')", ['select 1/0'], stayOpen);
  expect(seen.end).toMatchObject({ type: 'failed', error: { code: '22012' } });
  expect(seen.closed).toBe(false);
  expect(await countOf()).toBe('0');
});

test('one that is held back over its last rows does not hold up the next', async () => {
  for (let each = 0; each < 3; each += 1) {
    const seen = await run('select 1', ['begin'], rollBackAndDiscard, { holdsBack: true });
    expect(seen).toEqual({ end: expect.objectContaining({ type: 'complete' }), rows: 1, closed: true });
  }
});

test('answers to our own steps are not the statement', async () => {
  const before = ['begin', "set local application_name = 'x'", 'select 1 where false'];
  const seen = await run("insert into notes values ('kept') returning body", before, rollBackAndDiscard);
  expect(seen).toMatchObject({ end: { type: 'complete', command: 'INSERT', rowCount: 1 }, rows: 1 });
  expect(seen.closed).toBe(true);
  expect(await countOf()).toBe('0');
  expect((await client.query('show application_name')).rows).toEqual([{ application_name: '' }]);
});

test('after a statement that fails, the connection answers but is not taken for a new one', async () => {
  const seen = await run('select 1/0', ['begin'], rollBackAndDiscard);
  expect(seen.end).toMatchObject({ type: 'failed', error: { code: '22012' } });
  expect(seen.closed).toBe(false);
  await client.query('rollback');
  expect(await countOf()).toBe('0');
});

test('a row limit suspends the statement, and what follows still ends it', async () => {
  const seen = await run('select generate_series(1, 1000)', ['begin'], rollBackAndDiscard, { maxRows: 10 });
  expect(seen).toMatchObject({ end: { type: 'complete', isTruncated: true }, rows: 10, closed: true });
});

test('COPY FROM STDIN does not swallow what follows', async () => {
  const seen = await run('copy notes from stdin', ['begin'], rollBackAndDiscard);
  expect(seen.end.type).toBe('failed');
  expect(seen.closed).toBe(false);
});

test('a connection that is lost ends the statement', async () => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const running = run('select pg_sleep(60)', [], stayOpen);
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  const isActive = async () =>
    (await other.query("select from pg_stat_activity where pid = $1 and state = 'active'", [rows[0]?.pid]))
      .rowCount === 1;
  while (!(await isActive())) await sleep(10);
  await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  expect(await running).toMatchObject({ end: { type: 'failed' }, closed: false });
  await other.end();
});
