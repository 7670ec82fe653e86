import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runJob } from './jobs/run-job';
import { maintenanceRequest } from './operations-schema';
import { parse } from './parse';
import { jobKinds } from './run-job-kinds';
import { cancelJob } from './run-jobs';
import { planMaintenance, requestMaintenance, whereToMaintain } from './run-maintenance';
import { store } from './store/db';
import { encryptSecret } from './store/secrets';
import { actorOf, until } from './testing/fixture';
import { readJob, summary, workOff } from './testing/jobs';
import { openShop, type Shop } from './testing/shop';

let fixture: Shop;

beforeAll(async () => {
  fixture = await openShop();
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.app.query('rollback');
  await fixture.onTarget.query(`
    drop table if exists "T ""x";
    create table "T ""x" (id int primary key, word text);
    insert into "T ""x" select i, md5(i::text) from generate_series(1, 10000) i;
    create index "I x" on "T ""x" (word);
    delete from "T ""x" where id % 2 = 0`);
});

const table = { schema: 'public', name: 'T "x' };

function requestFor(work: object) {
  return parse(maintenanceRequest, { server: 'demo', database: fixture.target.name, ...table, ...work });
}

const plan = (work: object) => planMaintenance(fixture.admin, requestFor(work));

async function begin(work: object, actor = fixture.admin): Promise<string> {
  const request = requestFor(work);
  return requestMaintenance(actor, request, `demo/${fixture.target.name}`);
}

async function sizeOf(name: string): Promise<number> {
  const { rows } = await fixture.onTarget.query(
    'select pg_relation_size(quote_ident($1)::regclass) as size',
    [name],
  );
  return Number(rows[0].size);
}

const deadRows = async () =>
  (
    await fixture.onTarget.query(
      `select vacuum_count::int as n from pg_stat_user_tables where relname = $1`,
      [table.name],
    )
  ).rows[0].n;

describe('does what it says', () => {
  test('VACUUM, with a log of what PostgreSQL did', async () => {
    const job = await workOff(await begin({ action: 'vacuum', analyze: true }));
    expect(summary(job)).toBe('succeeded');
    expect(job.log_tail).toContain('vacuum (verbose, analyze) public."T ""x"');
    expect(job.log_tail).toMatch(/vacuuming .*T "x/);
    await until('it is counted', async () => (await deadRows()) === 1);
  });

  test('VACUUM FULL makes the table smaller', async () => {
    const before = await sizeOf(table.name);
    expect(summary(await workOff(await begin({ action: 'vacuum', full: true })))).toBe('succeeded');
    expect(await sizeOf(table.name)).toBeLessThan(before * 0.7);
  });

  test.each([
    ['ANALYZE', { action: 'analyze' }],
    ['REINDEX of a table', { action: 'reindex', concurrently: true }],
    ['REINDEX of one index', { action: 'reindex', kind: 'index', name: 'I x' }],
    ['VACUUM with workers', { action: 'vacuum', parallel: 2, freeze: true }],
  ])('%s', async (_, work) => {
    expect(summary(await workOff(await begin(work)))).toBe('succeeded');
  });
});

describe('S32: options are of their own type, and nothing else is sent', () => {
  test.each([
    [{ action: 'vacuum', parallel: '1); drop table t; --' }],
    [{ action: 'vacuum', parallel: -1 }],
    [{ action: 'vacuum', parallel: 2, full: true }],
    [{ action: 'vacuum', full: 'yes); drop' }],
    [{ action: 'vacuum (full)' }],
    [{ action: 'reindex', kind: 'database' }],
    [{ action: 'analyze', name: '' }],
  ])('%j', async (work) => {
    expect(() => requestFor(work)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  test('and an option that is not known is not passed on', async () => {
    expect((await plan({ action: 'vacuum', tablespace: 'x', verbose: 'off' })).sql).toBe(
      'vacuum (verbose) public."T ""x"',
    );
  });
});

describe('before it begins', () => {
  test('it says what it sends, locks, how large the table is, and who stands in the way', async () => {
    await fixture.app.query('begin; select count(*) from "T ""x"');
    const full = await plan({ action: 'vacuum', full: true });
    expect(full).toMatchObject({
      sql: 'vacuum (verbose, full) public."T ""x"',
      lock: 'ACCESS EXCLUSIVE',
      indexes: 2,
      holders: [
        { state: 'idle in transaction', mode: 'AccessShareLock', query: expect.stringContaining('count') },
      ],
    });
    expect(full.size_bytes).toBeGreaterThan(600_000);
    expect(await plan({ action: 'vacuum' })).toMatchObject({ lock: 'SHARE UPDATE EXCLUSIVE', holders: [] });
  });

  test('it is confirmed by names, and only for an owner of the server', async () => {
    const request = requestFor({ action: 'analyze' });
    await expect(requestMaintenance(fixture.admin, request, 'demo')).rejects.toMatchObject({
      code: 'invalid',
    });
    const developer = await actorOf('developer');
    await expect(begin({ action: 'analyze' }, developer)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await whereToMaintain(developer, 'demo')).toBeNull();
    expect(await whereToMaintain(fixture.admin, 'demo')).toBe('development');
    await expect(plan({ action: 'analyze', name: 'nowhere' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await store().selectFrom('jobs').select('id').where('status', '=', 'queued').execute()).toEqual(
      [],
    );
  });
});

describe('S64: it gives up a lock after two seconds, says who held it, and the app goes on', () => {
  test.each([
    ['VACUUM FULL', { action: 'vacuum', full: true }],
    ['REINDEX', { action: 'reindex' }],
  ])('%s', async (_, work) => {
    await fixture.app.query('begin; select count(*) from "T ""x"');
    const working = begin(work).then(workOff);
    await until('it waits for the lock', async () => {
      const { rowCount } = await fixture.onTarget.query(
        "select from pg_locks where not granted and pid in (select pid from pg_stat_activity where application_name like 'howdah:%')",
      );
      return (rowCount ?? 0) > 0;
    });
    // It queues behind the maintenance, and is answered while the first reader still holds its lock.
    await expect(fixture.onTarget.query('select count(*) from "T ""x"')).resolves.toMatchObject({
      rowCount: 1,
    });
    const job = await working;
    expect(job).toMatchObject({ status: 'failed' });
    expect(job.message).toMatch(/lock timeout.*two seconds.*idle in transaction.*Activity/);
    expect(job.message).toContain(String(fixture.appPid));
  });
});

test('a REINDEX CONCURRENTLY that fails says which index it left, and that one can be dropped', async () => {
  await fixture.app.query('begin isolation level repeatable read; select count(*) from "T ""x"');
  const job = await workOff(
    await begin({ action: 'reindex', kind: 'index', name: 'I x', concurrently: true }),
  );
  expect(job.status).toBe('failed');
  expect(job.message).toMatch(/left what no query uses: public\.I x_ccnew\. Drop it on the Health page/);
  await fixture.app.query('rollback');
  expect(summary(await workOff(await begin({ action: 'drop_index', name: 'I x_ccnew' })))).toBe('succeeded');
  await expect(begin({ action: 'drop_index', name: 'I x' })).rejects.toMatchObject({ code: 'conflict' });
});

test('it is cancelled on the server too', async () => {
  await fixture.onTarget.query(`
    create or replace function slow(text) returns text immutable language sql as 'select $1';
    create index "slow x" on "T ""x" (slow(word)) where id < 100;
    create or replace function slow(text) returns text immutable language plpgsql
      as 'begin perform pg_sleep(1); return $1; end'`);
  const id = await begin({ action: 'analyze' });
  const working = runJob(jobKinds, id);
  await until('it runs', async () => {
    const { rowCount } = await fixture.onTarget.query(
      "select from pg_stat_activity where application_name = $1 and query like 'analyze%' and state = 'active'",
      [`howdah:${id}`],
    );
    return (rowCount ?? 0) > 0;
  });
  await cancelJob(fixture.admin, id);
  await working;
  expect(await readJob(id)).toMatchObject({ status: 'cancelled' });
  const { rowCount } = await fixture.onTarget.query(
    'select from pg_stat_activity where application_name = $1',
    [`howdah:${id}`],
  );
  expect(rowCount).toBe(0);
});

test('what PostgreSQL only warns of and leaves undone is a failure', async () => {
  await fixture.onTarget.query(
    'create role poor_owner login createrole password \'x\'; alter table "T ""x" owner to postgres',
  );
  const row = await store()
    .selectFrom('servers')
    .selectAll()
    .where('slug', '=', 'demo')
    .executeTakeFirstOrThrow();
  await store()
    .updateTable('servers')
    .set({ owner_user: 'poor_owner', owner_secret: encryptSecret('x', `${row.id}:owner`) })
    .execute();
  const job = await workOff(await begin({ action: 'vacuum' }));
  await store()
    .updateTable('servers')
    .set({ owner_user: row.owner_user, owner_secret: row.owner_secret })
    .execute();
  await fixture.onTarget.query('drop role poor_owner');
  expect(job.status).toBe('failed');
  expect(job.message).toMatch(/left it undone: .*skipping .*\. The role must own/);
});
