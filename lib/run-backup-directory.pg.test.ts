import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { makeWorkFolder } from './jobs/work-folders';
import { requestBackup } from './run-backup';
import { jobKinds } from './run-job-kinds';
import { cancelJob, sweepJobs } from './run-jobs';
import { requestVerify } from './run-prove';
import { requestRestore } from './run-restore';
import { readBackupContents } from './run-restore-archive';
import { findBackup } from './store/backups';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { summary, wholeDatabase, workOff } from './testing/jobs';

const restored = 'bk_from_directory';
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create schema other; create table locked (id int);
    create table t (id int primary key, v text); insert into t select g, md5(g::text) from generate_series(1, 5000) g;
    create table other.t (id int references t); insert into other.t select g from generate_series(1, 100) g;
    select lo_from_bytea(0, 'a large object')`);
});
afterAll(async () => {
  await fixture.onTarget.query(`drop database if exists ${restored} with (force)`);
  await fixture.close();
  await data.remove();
});

const files = async () =>
  (await readdir(path.join(data.folder, 'backups'))).filter((name) => name !== 'place');

const request = async (jobs: number | undefined) => {
  const { jobs: _, ...wanted } = { ...wholeDatabase, format: 'directory' as const };
  return requestBackup(
    await actorOf('admin'),
    { server: 'demo', database: fixture.target.name },
    { ...wanted, jobs },
  );
};

test('a backup by several jobs is one file, proven, and restored by as many', async () => {
  const { id, job_id } = await request(3);
  const job = await workOff(job_id);
  expect(summary(job)).toBe('succeeded');
  expect(job.log_tail).toMatch(/finished item \d+ TABLE DATA t/);
  expect(await files()).toEqual([`${id}.dump`]);
  expect(await findBackup(await actorOf('admin'), id)).toMatchObject({ format: 'directory', jobs: 3 });
  const proof = await workOff((await requestVerify(await actorOf('admin'), id, undefined)).job_id);
  expect(summary(proof)).toBe('succeeded');
  expect((await findBackup(await actorOf('admin'), id)).proof).toMatchObject({ tables: 3, rows: 5100 });
  const picked = (await readBackupContents(await actorOf('admin'), id)).filter(({ text }) =>
    /^(TABLE|TABLE DATA) public t /.test(text),
  );
  expect(picked).toHaveLength(2);
  const entries = picked.map((entry) => entry.id);
  const restore = await requestRestore(await actorOf('admin'), id, { database: restored, entries });
  const restoreJob = await workOff(restore.job_id);
  expect(summary(restoreJob)).toBe('succeeded');
  expect(restoreJob.log_tail).toMatch(/launching item \d+ TABLE DATA t/);
  const client = new pg.Client({ connectionString: testServer(restored) });
  await client.connect();
  expect((await client.query('select from t')).rowCount).toBe(5000);
  expect((await client.query("select from pg_tables where tablename = 'locked'")).rowCount).toBe(0);
  await client.end();
  expect(await files()).toEqual([`${id}.dump`]);
});

describe('what is dumped into a folder', () => {
  test('is gone with its processes and its backends when the job is cancelled', async () => {
    const before = await files();
    const blocker = new pg.Client({ connectionString: fixture.target.url });
    await blocker.connect();
    try {
      await blocker.query('begin; lock table locked in access exclusive mode');
      const { job_id } = await request(undefined);
      const end = workOff(job_id);
      await until('pg_dump has its folder', async () => (await files()).includes(`${job_id}.work`));
      await until('pg_dump waits for the lock', async () => {
        const { rowCount } = await fixture.onTarget.query(
          "select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'",
          [`howdah:${job_id}`],
        );
        return rowCount !== 0;
      });
      await cancelJob(await actorOf('admin'), job_id);
      expect((await end).status).toBe('cancelled');
      const left = await fixture.onTarget.query('select from pg_stat_activity where application_name = $1', [
        `howdah:${job_id}`,
      ]);
      expect(left.rowCount).toBe(0);
      expect(await files()).toEqual(before);
    } finally {
      await blocker.end();
    }
  });

  test('S53: by a Howdah that died is removed once its job is over, and not before', async () => {
    const { job_id } = await request(undefined);
    await writeFile(path.join(await makeWorkFolder(job_id), 'toc.dat'), 'half');
    await sweepJobs(jobKinds);
    expect(await files()).toContain(`${job_id}.work`);
    await fixture.onStore.query(
      "update jobs set status = 'interrupted', finished_at = now(), swept_at = now() where id = $1",
      [job_id],
    );
    await sweepJobs(jobKinds);
    expect(await files()).not.toContain(`${job_id}.work`);
  });
});
