import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestBackup } from './run-backup';
import { requestVerify } from './run-prove';
import { queueExpiry } from './run-retention';
import { beginDueRuns, readSchedules, removeSchedule, setSchedule } from './run-schedules';
import { findBackup } from './store/backups';
import { claimDueRun } from './store/schedules';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { readJob, summary, wholeDatabase, workOff } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('create table t (id int); insert into t values (1)');
});
afterEach(async () => {
  await fixture.onStore.query('delete from backup_schedules');
  await fixture.onStore.query(
    "update jobs set status = 'cancelled', finished_at = now() where finished_at is null",
  );
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const admin = () => actorOf('admin');
const place = () => ({ server: 'demo', database: fixture.target.name });
/** At an hour that is half a day off, so that no further run falls due while the tests look. */
const cron = `0 ${(new Date().getUTCHours() + 12) % 24} * * *`;
const daily = { cron, time_zone: 'Europe/Berlin', keep: null };

/** Sets a daily schedule of backups and puts its next run this many minutes into the past. */
async function schedule(minutesAgo: number, kind: 'backup' | 'verify' = 'backup') {
  const { id } = await setSchedule(await admin(), { ...place(), kind, ...daily });
  await fixture.onStore.query(
    'update backup_schedules set next_at = now() - make_interval(mins => $2) where id = $1',
    [id, minutesAgo],
  );
  return id;
}

const entry = async () => (await readSchedules(await admin(), place()))[0];
const countJobs = async () =>
  (await fixture.onStore.query('select from jobs where finished_at is null')).rowCount;

describe('a run that is due', () => {
  test('S68: is begun once, however many instances look', async () => {
    await schedule(1);
    await Promise.all(Array.from({ length: 8 }, () => beginDueRuns()));
    expect(await countJobs()).toBe(1);
    const seen = await entry();
    expect(seen?.runs).toMatchObject([{ outcome: 'begun', job_id: expect.any(String) }]);
    expect(Date.parse(seen?.next_at ?? '')).toBeGreaterThan(Date.now());
    const job = await workOff(seen?.runs[0]?.job_id ?? '');
    expect(summary(job)).toBe('succeeded');
    expect(job.username).toBe('admin');
  });

  test('is claimed by one of many at once', async () => {
    await schedule(1);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimDueRun(new Date())));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test('is missed when it is over an hour late, and said so for each day', async () => {
    const id = await schedule(3 * 24 * 60 + 90);
    await beginDueRuns();
    expect(await countJobs()).toBeLessThanOrEqual(1);
    const { rows } = await fixture.onStore.query(
      "select count(*)::int as n from schedule_runs where schedule_id = $1 and outcome = 'missed'",
      [id],
    );
    expect(rows[0].n).toBeGreaterThanOrEqual(3);
  });

  test('is refused, with the reason, while a backup of the database is under way', async () => {
    await requestBackup(await admin(), place(), wholeDatabase);
    await schedule(1);
    await beginDueRuns();
    expect((await entry())?.runs).toMatchObject([
      { outcome: 'refused', message: expect.stringMatching(/under way/) },
    ]);
  });

  test('proves the newest good backup', async () => {
    const { id, job_id } = await requestBackup(await admin(), place(), wholeDatabase);
    expect(summary(await workOff(job_id))).toBe('succeeded');
    await schedule(1, 'verify');
    await beginDueRuns();
    const job = await workOff((await entry())?.runs[0]?.job_id ?? '');
    expect(summary(job)).toBe('succeeded');
    expect((await findBackup(await admin(), id)).proof?.job_id).toBe(job.id);
  });

  test('fails when whoever set it may not sign in any more', async () => {
    await schedule(1);
    await fixture.onStore.query("update users set disabled_at = now() where username = 'admin'");
    try {
      await beginDueRuns();
    } finally {
      await fixture.onStore.query("update users set disabled_at = null where username = 'admin'");
    }
    const job = (await entry())?.runs[0]?.job_id ?? '';
    await fixture.onStore.query("update users set disabled_at = now() where username = 'admin'");
    try {
      await workOff(job);
    } finally {
      await fixture.onStore.query("update users set disabled_at = null where username = 'admin'");
    }
    expect(summary(await readJob(job))).toMatch(/^failed: admin, who asked for this, is not a user any more/);
  });
});

describe('a schedule', () => {
  test('is one a database and kind: setting it again changes it', async () => {
    await schedule(0);
    await setSchedule(await admin(), { ...place(), kind: 'backup', ...daily, cron: '0 3 * * 1' });
    const all = await readSchedules(await actorOf('reviewer'), place());
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ cron: '0 3 * * 1', user: 'admin' });
    await removeSchedule(await admin(), { ...place(), kind: 'backup' });
    await expect(removeSchedule(await admin(), { ...place(), kind: 'backup' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('that is none is refused, and so is one for somebody below the owner level', async () => {
    const wrong = { ...place(), kind: 'backup', ...daily, cron: 'often' } as const;
    await expect(setSchedule(await admin(), wrong)).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      setSchedule(await actorOf('developer'), { ...place(), kind: 'backup', ...daily }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

test('retention removes files by the schedule, and never the last good or the last proven one', async () => {
  const id = await schedule(0);
  await fixture.onStore.query('update backups set expired_at = now()');
  const ids: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const begun = await requestBackup(await admin(), place(), wholeDatabase);
    expect(summary(await workOff(begun.job_id))).toBe('succeeded');
    ids.push(begun.id);
  }
  const [proven = '', second = '', third = '', newest = ''] = ids;
  const { job_id } = await requestVerify(await admin(), proven, undefined);
  expect(summary(await workOff(job_id))).toBe('succeeded');
  await fixture.onStore.query('update backups set schedule_id = $1 where id = any($2)', [
    id,
    [proven, second, newest],
  ]);
  const keep = { last: 0, daily: 0, weekly: 0, monthly: 0 };
  await setSchedule(await admin(), { ...place(), kind: 'backup', ...daily, keep });
  await queueExpiry();
  await queueExpiry();
  const { rows } = await fixture.onStore.query(
    "select id from jobs where kind = 'expire' and finished_at is null",
  );
  expect(rows).toHaveLength(1);
  expect(summary(await workOff(rows[0].id))).toBe('succeeded');
  const files = await readdir(path.join(data.folder, 'backups'));
  expect(files.filter((name) => ids.includes(name.replace('.dump', ''))).sort()).toEqual(
    [proven, third, newest].map((each) => `${each}.dump`).sort(),
  );
  expect((await findBackup(await admin(), second)).expired_at).not.toBeNull();
  await expect(requestVerify(await admin(), second, undefined)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/not kept/),
  });
  await expect(requestVerify(await admin(), randomUUID(), undefined)).rejects.toMatchObject({
    code: 'not_found',
  });
});
