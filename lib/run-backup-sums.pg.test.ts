import { readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestBackup } from './run-backup';
import { openDownload } from './run-backup-file';
import { jobKinds } from './run-job-kinds';
import { cancelJob, sweepJobs } from './run-jobs';
import { requestVerify } from './run-prove';
import { findBackup } from './store/backups';
import { findJob } from './store/jobs';
import { listGoodBackups } from './store/kept-backups';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { readJob, summary, wholeDatabase, workOff } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

/** The sums are put where the counts lie already: that waits for whoever holds this lock. */
const lock = 4711;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create table t (id int primary key, v text);
    insert into t select g, md5(g::text) from generate_series(1, 1000) g; create table nothing ()`);
  await fixture.onStore.query(`create function wait() returns trigger language plpgsql as
    $$begin perform pg_advisory_xact_lock_shared(${lock}); return new; end$$;
    create trigger wait before update on backup_manifests for each row execute function wait()`);
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const admin = () => actorOf('admin');

type Summing = { id: string; job_id: string; end: ReturnType<typeof workOff> };

/** Runs `work` while a backup is in its second stage, then lets it go on. */
async function whileSumming(work: (backup: Summing) => Promise<void>): Promise<Summing> {
  const holder = new pg.Client({ connectionString: fixture.store.url });
  await holder.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [lock]);
    const begun = await requestBackup(
      await admin(),
      { server: 'demo', database: fixture.target.name },
      wholeDatabase,
    );
    const end = workOff(begun.job_id);
    await until('the sums wait', async () => (await listWaiting()).length > 0);
    await work({ ...begun, end });
    return { ...begun, end };
  } finally {
    await holder.end();
  }
}

/** The backends of the store that wait to put sums. */
async function listWaiting(): Promise<number[]> {
  const { rows } = await fixture.onStore.query<{ pid: number }>(
    "select pid from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
    [lock],
  );
  return rows.map(({ pid }) => pid);
}

async function prove(id: string) {
  const { job_id } = await requestVerify(await admin(), id, undefined);
  expect(summary(await workOff(job_id))).toBe('succeeded');
  return (await findBackup(await admin(), id)).proof;
}

test('a backup is good before it is summed: it is offered, and proven by its counts', async () => {
  const { id, end } = await whileSumming(async ({ id, job_id }) => {
    const backup = await findBackup(await admin(), id);
    expect(backup).toMatchObject({ status: 'succeeded', is_summing: true, progress: 1, has_sums: false });
    expect(await findJob(await admin(), job_id)).toMatchObject({ status: 'running', has_whole_file: true });
    const { stream, bytes } = await openDownload(await admin(), id);
    expect((await new Response(stream).arrayBuffer()).byteLength).toBe(bytes);
    expect(await prove(id)).toMatchObject({ tables: 2, rows: 1000, sums: 0 });
  });
  expect(summary(await end)).toBe('succeeded');
  expect(await findBackup(await admin(), id)).toMatchObject({ is_summing: false, has_sums: true });
  expect(await prove(id)).toMatchObject({ rows: 1000, sums: 2 });
});

test('S53: a kill in mid-sum leaves a good backup without sums', async () => {
  await whileSumming(async ({ id, job_id }) => {
    await fixture.onStore.query(
      "update jobs set instance_id = gen_random_uuid(), heartbeat_at = now() - interval '1 day' where id = $1",
      [job_id],
    );
    await sweepJobs(jobKinds);
    expect(await readJob(job_id)).toMatchObject({ status: 'interrupted', swept_at: expect.any(Date) });
    const backup = await findBackup(await admin(), id);
    expect(backup).toMatchObject({ status: 'succeeded', is_summing: false, has_sums: false, message: null });
    expect(await readdir(path.join(data.folder, 'backups'))).toContain(`${id}.dump`);
    expect(await prove(id)).toMatchObject({ tables: 2, rows: 1000, sums: 0 });
  });
});

test('to cancel in mid-sum cancels the sums, not the backup', async () => {
  await whileSumming(async ({ id, job_id, end }) => {
    await cancelJob(await admin(), job_id);
    await fixture.onStore.query('select pg_cancel_backend(unnest($1::int[]))', [await listWaiting()]);
    expect((await end).status).toBe('cancelled');
    expect((await findBackup(await admin(), id)).status).toBe('succeeded');
    expect(await readdir(path.join(data.folder, 'backups'))).toContain(`${id}.dump`);
    const { rows } = await fixture.onStore.query('select server_id from jobs where id = $1', [job_id]);
    const good = await listGoodBackups({ server_id: rows[0].server_id, database: fixture.target.name });
    expect(good.map((backup) => backup.id)).toContain(id);
  });
});
