import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { requestBackup } from './run-backup';
import { addCheck, readChecks, removeCheck } from './run-checks';
import { cancelJob } from './run-jobs';
import { requestVerify } from './run-prove';
import { findBackup } from './store/backups';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { readJob, summary, wholeDatabase, workOff } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create schema "odd schema"; create extension hstore;
    create table plain (id int primary key, body text, price float8 not null, at timestamptz, raw bytea, plain text);
    insert into plain select g, repeat(md5(g::text), 3), g / 7.0, now() - g * interval '1 min',
      decode(md5(g::text), 'hex'), null from generate_series(1, 5000) g;
    create table "odd schema"."we""ird" (r text, t text); insert into "odd schema"."we""ird" values ('r', null), ('', 't');
    create table nothing (); insert into nothing default values;
    create table parted (id int, at date) partition by range (at);
    create table parted_1 partition of parted for values from ('2026-01-01') to ('2026-02-01');
    create index on parted (id); insert into parted values (1, '2026-01-02');
    create type mood as enum ('sad', 'it''s ok'); create domain short as text check (length(value) < 9);
    create table kinds (m mood, s short check (s in ('a', 'b')), h hstore);
    insert into kinds values ('sad', 'a', 'a=>1');
    create view cheap as select id from plain where price < 10;
    create materialized view totals as select now() as at, count(*) from plain;
    create function twice(a int) returns int language sql as 'select a * 2';
    create function noted() returns trigger language plpgsql as 'begin return new; end';
    create trigger noted before insert on plain for each row execute function noted();
    alter table plain enable row level security; create policy all_rows on plain using (true);
    select lo_create(4711)`);
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const admin = () => actorOf('admin');
const place = () => ({ server: 'demo', database: fixture.target.name });
const fileOf = (id: string) => path.join(data.folder, 'backups', `${id}.dump`);

async function take(): Promise<string> {
  const { id, job_id } = await requestBackup(
    await admin(),
    { server: 'demo', database: fixture.target.name },
    wholeDatabase,
  );
  const job = await workOff(job_id);
  expect(summary(job)).toBe('succeeded');
  expect(job.result).toEqual({ missing_roles: [], problems: [] });
  return id;
}

async function verify(id: string) {
  const { job_id } = await requestVerify(await admin(), id, undefined);
  return workOff(job_id);
}

async function scratchDatabases(): Promise<number> {
  const { rowCount } = await fixture.onTarget.query(
    "select from pg_database where datname like 'howdah_restore%'",
  );
  return rowCount ?? 0;
}

/** Changes a backup's file, and the checksum with it: as if it had been written so. */
async function rewrite(id: string, bytes: Buffer): Promise<void> {
  await writeFile(fileOf(id), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await fixture.onStore.query('update backups set sha256 = $2, size_bytes = $3 where id = $1', [
    id,
    sha256,
    bytes.length,
  ]);
}

test('S57: a backup is proven by a restore: objects, rows and sums are equal, and the scratch database goes', async () => {
  const id = await take();
  expect((await findBackup(await admin(), id)).verified_at).toBeNull();
  const job = await verify(id);
  expect(summary(job)).toBe('succeeded');
  const backup = await findBackup(await admin(), id);
  expect(backup.verified_at).not.toBeNull();
  expect(backup.proof).toMatchObject({
    job_id: job.id,
    server: 'demo',
    tables: 5,
    rows: 5005,
    sums: 5,
    checks: 0,
  });
  expect(backup.proof?.objects).toBeGreaterThan(40);
  expect(await scratchDatabases()).toBe(0);
});

test('what happens after the snapshot is neither dumped nor counted', async () => {
  const blocker = new pg.Client({ connectionString: fixture.target.url });
  await blocker.connect();
  try {
    await blocker.query('begin; lock table kinds in access exclusive mode');
    const { id, job_id } = await requestBackup(
      await admin(),
      { server: 'demo', database: fixture.target.name },
      wholeDatabase,
    );
    const end = workOff(job_id);
    await until('the backup waits for the lock', async () => {
      const { rowCount } = await fixture.onTarget.query(
        "select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
        [`howdah:${job_id}`],
      );
      return rowCount !== 0;
    });
    await fixture.onTarget.query(`insert into "odd schema"."we""ird" values ('late', 'late')`);
    await blocker.query('commit');
    expect(summary(await end)).toBe('succeeded');
    expect(summary(await verify(id))).toBe('succeeded');
    expect((await findBackup(await admin(), id)).proof?.rows).toBe(5005);
  } finally {
    await blocker.end();
    await fixture.onTarget.query(`delete from "odd schema"."we""ird" where r = 'late'`);
  }
});

describe('S57: nothing is called verified', () => {
  test.each([
    ['one bit changed', (bytes: Buffer) => flip(bytes, bytes.length >> 1)],
    ['its end was lost', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['it is empty', () => Buffer.alloc(0)],
  ])('when %s', async (_, change) => {
    const id = await take();
    await writeFile(fileOf(id), change(await readFile(fileOf(id))));
    expect(summary(await verify(id))).toMatch(/^failed: .*SHA-256 differs/);
    expect(await findBackup(await admin(), id)).toMatchObject({
      verified_at: null,
      proof: null,
      disproof: expect.stringMatching(/SHA-256/),
    });
  });

  test.each([
    ['its end is missing', async (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['it is empty', async () => Buffer.alloc(0)],
    ['it is no archive', async () => Buffer.from('%PDF-1.4 nothing of ours')],
    ['its rows are damaged', async (bytes: Buffer) => flip(bytes, bytes.length - 60_000)],
    ['it is that of another database', () => dumpOfAnother()],
  ])('when the checksum fits but %s', async (_, change) => {
    const id = await take();
    await rewrite(id, await change(await readFile(fileOf(id))));
    expect(summary(await verify(id))).toMatch(/^failed: /);
    expect(await findBackup(await admin(), id)).toMatchObject({
      verified_at: null,
      disproof: expect.any(String),
    });
    expect(await scratchDatabases()).toBe(0);
  });

  test('when a row changed its value, and what an earlier restore had proven counts no more', async () => {
    const id = await take();
    expect(summary(await verify(id))).toBe('succeeded');
    await fixture.onTarget.query("update plain set body = 'changed' where id = 77");
    const other = await take();
    await rewrite(id, await readFile(fileOf(other)));
    expect(summary(await verify(id))).toMatch(/the rows of public\.plain differ in their sum/);
    expect((await findBackup(await admin(), id)).verified_at).toBeNull();
  });

  test('when it is cancelled: it says nothing about the backup, and leaves nothing', async () => {
    const id = await take();
    const sleep = { ...place(), name: 'sleeps', sql: 'select pg_sleep(60) is not null' };
    const { id: check } = await addCheck(await admin(), sleep);
    const { job_id } = await requestVerify(await admin(), id, undefined);
    const end = workOff(job_id);
    await until('it restores', async () => (await scratchDatabases()) === 1);
    await cancelJob(await admin(), job_id);
    expect((await end).status).toBe('cancelled');
    expect(await scratchDatabases()).toBe(0);
    expect(await findBackup(await admin(), id)).toMatchObject({ verified_at: null, disproof: null });
    await removeCheck(await admin(), { ...place(), id: check });
  });

  test('when nothing was counted', async () => {
    const id = await take();
    await fixture.onStore.query('delete from backup_manifests where backup_id = $1', [id]);
    await expect(requestVerify(await admin(), id, undefined)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a check query', () => {
  test('that holds is counted, one that does not fails the proof, and it can write nothing', async () => {
    const id = await take();
    const held = await addCheck(await admin(), {
      ...place(),
      name: 'enough rows',
      sql: 'select count(*) > 4000 from plain',
    });
    expect(summary(await verify(id))).toBe('succeeded');
    expect((await findBackup(await admin(), id)).proof?.checks).toBe(1);
    for (const [sql, answer] of [
      ['select count(*) > 6000 from plain', /"second" answered f, not true/],
      ['select true from plain where false', /answered nothing/],
      ['select nowhere', /column "nowhere" does not exist/],
      ['commit; drop table plain', /cannot insert multiple commands/],
      ['create table made (id int)', /read-only transaction/],
    ] as const) {
      const { id: check } = await addCheck(await admin(), { ...place(), name: 'second', sql });
      expect(summary(await verify(id))).toMatch(answer);
      await removeCheck(await admin(), { ...place(), id: check });
    }
    await removeCheck(await admin(), { ...place(), id: held.id });
    expect(await readChecks(await actorOf('reviewer'), place())).toEqual([]);
  });
});

test('S68: one verification of a database at a time, and only for who holds the owner level', async () => {
  const id = await take();
  const { job_id } = await requestVerify(await admin(), id, undefined);
  await expect(requestVerify(await admin(), id, undefined)).rejects.toMatchObject({ code: 'conflict' });
  await expect(requestVerify(await actorOf('developer'), id, undefined)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await cancelJob(await admin(), job_id);
  expect((await readJob(job_id)).status).toBe('cancelled');
});

function flip(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  return changed;
}

async function dumpOfAnother(): Promise<Buffer> {
  const name = `other_${fixture.target.name}`;
  await fixture.onTarget.query(`create database ${name}`);
  try {
    const client = new pg.Client({ connectionString: testServer(name) });
    await client.connect();
    await client.query('create table plain (id int)');
    await client.end();
    const { id, job_id } = await requestBackup(
      await admin(),
      { server: 'demo', database: name },
      wholeDatabase,
    );
    expect(summary(await workOff(job_id))).toBe('succeeded');
    return await readFile(fileOf(id));
  } finally {
    await fixture.onTarget.query(`drop database ${name} with (force)`);
  }
}
