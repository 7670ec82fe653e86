import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runJob } from './jobs/run-job';
import { databaseMaintenanceRequest } from './operations-schema';
import { parse } from './parse';
import { jobKinds } from './run-job-kinds';
import { cancelJob } from './run-jobs';
import { planDatabaseMaintenance, requestDatabaseMaintenance } from './run-maintain-database';
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
    drop schema if exists "S" cascade;
    create schema "S";
    create table "S"."big ""one" (id int primary key, word text);
    create table "S".small (id int primary key);
    create table "S".sales (id int, day date) partition by range (day);
    create table "S".sales_26 partition of "S".sales for values from ('2026-01-01') to ('2027-01-01');
    create index on "S".sales (day);
    insert into "S"."big ""one" select i, md5(i::text) from generate_series(1, 20000) i;
    insert into "S".small select generate_series(1, 100);
    insert into "S".sales select i, '2026-02-03' from generate_series(1, 100) i`);
});

const requestFor = (work: object) =>
  parse(databaseMaintenanceRequest, { server: 'demo', database: fixture.target.name, ...work });

const plan = (work: object) => planDatabaseMaintenance(fixture.admin, requestFor(work));

const begin = (work: object, actor = fixture.admin) =>
  requestDatabaseMaintenance(actor, requestFor(work), `demo/${fixture.target.name}`);

/** The relations whose statistics are there. */
async function analysed(): Promise<string[]> {
  const { rows } = await fixture.onTarget.query(
    "select distinct tablename from pg_stats where schemaname = 'S' order by 1",
  );
  return rows.map(({ tablename }) => tablename);
}

async function invalidIndexes(): Promise<string[]> {
  const { rows } = await fixture.onTarget.query(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  );
  return rows.map(({ name }) => name);
}

/** The file of an index: REINDEX gives it a new one. */
async function fileOf(index: string): Promise<string> {
  const { rows } = await fixture.onTarget.query('select pg_relation_filenode($1::regclass) as file', [index]);
  return rows[0].file;
}

describe('every table of a database', () => {
  test('is vacuumed and analysed, a partitioned one as a whole, those of PostgreSQL too', async () => {
    expect(await analysed()).toEqual([]);
    const job = await workOff(await begin({ action: 'vacuum', analyze: true }));
    expect(summary(job)).toBe('succeeded');
    expect(job).toMatchObject({ progress: 1, result: { problems: [] } });
    expect(await analysed()).toEqual(['big "one', 'sales', 'sales_26', 'small']);
    const { rows } = await fixture.onTarget.query(
      "select relname from pg_stat_all_tables where vacuum_count > 0 and relname in ('sales_26', 'pg_class') order by 1",
    );
    expect(rows.map(({ relname }) => relname)).toEqual(['pg_class', 'sales_26']);
  });

  test('is reindexed, at first by itself CONCURRENTLY', async () => {
    const indexes = ['"S"."big ""one_pkey"', '"S".sales_26_day_idx'];
    const before = await Promise.all(indexes.map(fileOf));
    const job = await workOff(await begin({ action: 'reindex' }));
    expect(summary(job)).toBe('succeeded');
    expect(job.log_tail).toContain('reindex (verbose, concurrently) table "S"."big ""one"');
    const after = await Promise.all(indexes.map(fileOf));
    expect(after.filter((file, index) => file === before[index])).toEqual([]);
  });
});

test('before, it says how many tables, how large, what lock, and who holds which table', async () => {
  await fixture.app.query('begin; lock table "S".small in share row exclusive mode');
  const pid = fixture.appPid;
  const planned = await plan({ action: 'reindex', concurrently: false });
  expect(planned).toMatchObject({ lock: 'ACCESS EXCLUSIVE', tables: 3, others: 0, indexes: 3 });
  expect(planned.size_bytes).toBeGreaterThan(1_000_000);
  expect(planned.sql).toMatch(/^reindex \(verbose\) table "S"\."big ""one";\n-- and so for 2 more/);
  expect(planned.effect).toContain('a table that is locked is left out and named');
  expect(planned.holders).toEqual([
    expect.objectContaining({ pid, relation: '"S".small', state: 'idle in transaction' }),
  ]);
});

test('S64: a table that is locked is left out after two seconds and named with who holds it; the others are done', async () => {
  await fixture.app.query('begin; lock table "S".small in access exclusive mode');
  const pid = fixture.appPid;
  const job = await workOff(await begin({ action: 'vacuum', analyze: true }));
  expect(summary(job)).toBe('succeeded');
  expect(job.result?.problems).toEqual([
    expect.stringMatching(
      new RegExp(`^S\\.small: canceling statement due to lock timeout.*two seconds.*${pid} .*idle in trans`),
    ),
  ]);
  expect(await analysed()).toEqual(['big "one', 'sales', 'sales_26']);
});

test('an old snapshot keeps CONCURRENTLY waiting: what that gave up on is dropped again, and a plan names it', async () => {
  await fixture.onTarget.query('drop table "S"."big ""one", "S".sales');
  await fixture.app.query('begin isolation level repeatable read; select 1');
  const pid = fixture.appPid;
  const job = await workOff(await begin({ action: 'reindex' }));
  expect(job.status).toBe('failed');
  expect(job.message).toMatch(/No table could be maintained. S\.small: .*lock timeout/);
  expect(job.log_tail).toContain('drop index concurrently "S".small_pkey_ccnew');
  expect(await invalidIndexes()).toEqual([]);
  expect((await plan({ action: 'reindex' })).holders).toEqual([
    expect.objectContaining({ pid, mode: 'an old snapshot' }),
  ]);
});

test('a cancel ends it on the server, and leaves what is done', async () => {
  await fixture.onTarget.query(`
    create or replace function slow(int) returns int immutable language sql as 'select $1';
    create index slow on "S".small (slow(id));
    create or replace function slow(int) returns int immutable language plpgsql
      as 'begin perform pg_sleep(1); return $1; end'`);
  const id = await begin({ action: 'analyze' });
  const working = runJob(jobKinds, id);
  await until('the slow table is reached', async () => {
    const { rowCount } = await fixture.onTarget.query(
      `select from pg_stat_activity where application_name = $1 and query like 'analyze%small' and state = 'active'`,
      [`howdah:${id}`],
    );
    return (rowCount ?? 0) > 0;
  });
  await cancelJob(fixture.admin, id);
  await working;
  expect(await readJob(id)).toMatchObject({ status: 'cancelled' });
  expect(await analysed()).toContain('big "one');
  const { rowCount } = await fixture.onTarget.query(
    'select from pg_stat_activity where application_name = $1',
    [`howdah:${id}`],
  );
  expect(rowCount).toBe(0);
});

test('it is confirmed by names, and only for an owner of the server', async () => {
  const request = requestFor({ action: 'analyze' });
  await expect(requestDatabaseMaintenance(fixture.admin, request, 'demo')).rejects.toMatchObject({
    code: 'invalid',
  });
  const developer = await actorOf('developer');
  await expect(begin({ action: 'analyze' }, developer)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(planDatabaseMaintenance(developer, request)).rejects.toMatchObject({ code: 'forbidden' });
  expect(() => requestFor({ action: 'vacuum', analyze: 'yes); drop' })).toThrow(
    expect.objectContaining({ code: 'invalid' }),
  );
});
