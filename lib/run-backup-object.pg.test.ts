import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, s3Key, startS3Server } from '@/scripts/s3-server';
import { inherit, root } from '@/scripts/settings';
import { lookAtObjectStore } from './run-backup-choices';
import { lookForFiles, openDownload } from './run-backup-file';
import { jobKinds } from './run-job-kinds';
import { cancelJob, sweepJobs } from './run-jobs';
import { readBackupContents } from './run-restore-archive';
import { queueExpiry } from './run-retention';
import { listBackupFacts } from './store/backup-states';
import { findBackup, loadBackup } from './store/backups';
import { store } from './store/db';
import { beat } from './store/instances';
import {
  askDatabase,
  beginBackup,
  restoreBackup,
  takeBackup,
  verifyBackup,
  type Wanted,
} from './testing/backups';
import { setEnvironment } from './testing/environment';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { readJob, summary, workOff } from './testing/jobs';

const bucket = 'backups';
const restored = 'bk_from_object';
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
let folder: string;
let server: S3Server;

/** What a request to the store waits for. */
let holder: (query: Record<string, string | undefined>) => Promise<void> = async () => undefined;

/** Holds the part of this number of any upload until it is released; `has` is done when it has come. */
function holdPart(number: number) {
  let release: () => void = () => undefined;
  let come: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const has = new Promise<void>((resolve) => {
    come = resolve;
  });
  holder = async ({ partNumber }) => {
    if (partNumber !== String(number)) return;
    come();
    await released;
  };
  return { has, release };
}

beforeAll(async () => {
  data = await useDataFolder();
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-s3-'));
  server = await startS3Server(folder, bucket, { onRequest: ({ query }) => holder(query) });
  const identity = await generateIdentity();
  setEnvironment({
    HOWDAH_S3_BUCKET: bucket,
    HOWDAH_S3_ENDPOINT: server.endpoint,
    HOWDAH_S3_PREFIX: 'howdah',
    HOWDAH_BACKUP_RECIPIENTS: await identityToRecipient(identity),
    HOWDAH_BACKUP_IDENTITIES: identity,
    ...s3Key,
  });
  fixture = await openFixture(`create table t (id int primary key, v text);
    insert into t select g, md5(g::text) from generate_series(1, 5000) g`);
});
afterAll(async () => {
  await fixture.onTarget.query(`drop database if exists ${restored} with (force)`);
  await fixture.close();
  await server.stop();
  await rm(folder, { recursive: true, maxRetries: 10 });
  await data.remove();
});

const request = (wanted: Wanted = {}) => beginBackup(fixture, { ...wanted, destination: undefined });
const take = (wanted: Wanted = {}) => takeBackup(fixture, { ...wanted, destination: undefined });

/** What backups and their jobs have left on this machine. */
async function filesHere(): Promise<string[]> {
  const names = await readdir(path.join(data.folder, 'backups')).catch(() => []);
  return names.filter((name) => name !== 'place');
}

/** Files of objects that are in the bucket. */
async function objects(): Promise<string[]> {
  const names = await readdir(path.join(folder, bucket, 'howdah')).catch(() => []);
  return names.filter((name) => name.endsWith('._S3rver_object'));
}

const objectFile = async (id: string) =>
  path.join(folder, bucket, `${(await loadBackup(id)).object_key}._S3rver_object`);

describe('a backup in the object store', () => {
  test('is named by the template, has no file here, comes back whole, and is proven', async () => {
    const id = await take();
    const backup = await findBackup(await actorOf('admin'), id);
    expect(backup).toMatchObject({ destination: 's3', place: `s3:${bucket}`, missing_at: null });
    expect(backup.object_key).toMatch(/^howdah\/demo-\w+-\d{8}-\d{6}-[0-9a-f-]{36}\.dump$/);
    expect(await filesHere()).toEqual([]);
    const { stream, bytes } = await openDownload(await actorOf('admin'), id);
    const file = Buffer.from(await new Response(stream).arrayBuffer());
    expect(file.length).toBe(bytes);
    expect(file.equals(await readFile(await objectFile(id)))).toBe(true);
    await expect(openDownload(await actorOf('reviewer'), id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(summary(await verifyBackup(id))).toBe('succeeded');
    expect((await findBackup(await actorOf('admin'), id)).proof).toMatchObject({ rows: 5000, sums: 1 });
  });

  test.each([
    { format: 'directory', encrypt: true, jobs: 2 },
    { format: 'plain', encrypt: true, compress: 'gzip' },
  ] as const)('of another kind ($format, encrypted) is restored, and shows what it holds', async (wanted) => {
    const id = await take(wanted);
    if (wanted.format === 'directory') {
      const entries = await readBackupContents(await actorOf('admin'), id);
      expect(entries.some(({ text }) => text.startsWith('TABLE DATA public t '))).toBe(true);
    }
    expect(summary(await restoreBackup(id, { database: restored }))).toBe('succeeded');
    expect((await askDatabase(restored, 'select from t')).rowCount).toBe(5000);
    await fixture.onTarget.query(`drop database ${restored} with (force)`);
    expect(await filesHere()).toEqual([]);
  });

  test('that is not what was written is neither downloaded whole nor proven', async () => {
    const id = await take();
    const file = await objectFile(id);
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const { stream } = await openDownload(await actorOf('admin'), id);
    await expect(new Response(stream).arrayBuffer()).rejects.toThrow(/SHA-256 differs/);
    expect(summary(await verifyBackup(id))).toMatch(/^failed: .*SHA-256 differs/);
  });

  test('that is gone is said to be, and is not the last good one any more', async () => {
    const [older, id] = [await take(), await take()];
    const last = async () => (await listBackupFacts(null))[0]?.last?.id;
    expect(await last()).toBe(id);
    await rm(await objectFile(id));
    await lookForFiles();
    expect(await last()).toBe(older);
    expect((await findBackup(await actorOf('admin'), id)).missing_at).not.toBeNull();
    await expect(openDownload(await actorOf('admin'), id)).rejects.toMatchObject({ code: 'not_found' });
    expect(summary(await verifyBackup(id))).toMatch(
      /^failed: The file of this backup is not in the object store/,
    );
  });

  test('goes when its schedule keeps it no longer, also when the store was away meanwhile', async () => {
    const [first, second] = [await take(), await take()];
    const file = await objectFile(first);
    const schedule = { id: randomUUID(), keep: JSON.stringify({ last: 1, daily: 0, weekly: 0, monthly: 0 }) };
    await fixture.onStore.query(
      `insert into backup_schedules (id, server_id, server, database, kind, cron, time_zone, wanted, keep, next_at, user_id, username)
        select $1, server_id, server, database, 'backup', '0 2 * * *', 'UTC', '{}', $2, now() + interval '1 day', user_id, username
        from backups where id = $3`,
      [schedule.id, schedule.keep, first],
    );
    await fixture.onStore.query('update backups set schedule_id = $1', [schedule.id]);
    const port = Number(new URL(server.endpoint).port);
    await server.stop();
    expect(summary(await expire())).toMatch(/^failed: The object store backups at .* can’t be reached/);
    const away = await request();
    expect(summary(await workOff(away.job_id))).toMatch(
      /^failed: The object store backups at .* can’t be reached/,
    );
    expect(summary(await verifyBackup(second))).toMatch(
      /^failed: The object store backups at .* can’t be reached/,
    );
    expect((await findBackup(await actorOf('admin'), second)).disproof).toBeNull();
    const [seen, told] = [
      await lookAtObjectStore({ role: 'admin' }),
      await lookAtObjectStore({ role: 'reviewer' }),
    ];
    expect(seen?.problem).toMatch(/^The object store backups at 127\.0\.0\.1:\d+ can’t be reached/);
    expect(told).toEqual({ name: null, problem: 'The object store can’t be used now.' });
    await expect(openDownload(await actorOf('admin'), first)).rejects.toMatchObject({
      code: 'conflict',
    });
    server = await startS3Server(folder, bucket, { port, onRequest: ({ query }) => holder(query) });
    expect(await lookAtObjectStore({ role: 'admin' })).toMatchObject({ problem: null });
    expect(summary(await expire())).toBe('succeeded');
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await readFile(await objectFile(second))).length).toBeGreaterThan(0);
    await fixture.onStore.query('delete from backup_schedules');
  });
});

async function expire() {
  await queueExpiry();
  const { id } = await store()
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', 'expire')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return workOff(id);
}

describe('an upload', () => {
  beforeAll(async () => {
    await fixture.onTarget.query(
      'create table large as select repeat(md5(g::text), 4) as v from generate_series(1, 100000) g',
    );
  });

  /** A script is not compressed, so that it has two parts; the second one is held until `work` is done. */
  async function inMidUpload(begin: (jobId: string) => void, work: (jobId: string) => Promise<void>) {
    const held = holdPart(2);
    const { id, job_id } = await request({ format: 'plain', encrypt: false });
    begin(job_id);
    try {
      await held.has;
      await until('the first part is there', async () => (await server.uploads())[0]?.parts === 1);
      expect((await server.uploads())[0]?.key).toBe((await loadBackup(id)).object_key);
      await work(job_id);
    } finally {
      held.release();
    }
    expect(await server.uploads()).toEqual([]);
    expect((await objects()).filter((name) => name.includes(id))).toEqual([]);
    await expect(openDownload(await actorOf('admin'), id)).rejects.toMatchObject({ code: 'conflict' });
  }

  test('that is cancelled leaves no object and no part', async () => {
    let end: ReturnType<typeof workOff> | undefined;
    const begin = (id: string) => {
      end = workOff(id);
    };
    await inMidUpload(begin, async (id) => {
      await cancelJob(await actorOf('admin'), id);
      expect((await end)?.status).toBe('cancelled');
    });
  });

  test('S53: of a killed Howdah is aborted by the sweeper: no part, no object, no backend', async () => {
    await beat();
    const env = { DATABASE_URL: fixture.store.url, HOWDAH_OWNER_URL: '', VITEST: undefined };
    const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'];
    const worker = spawn(process.execPath, args, { cwd: root, env: inherit(env), stdio: 'ignore' });
    const waits = () => undefined;
    await inMidUpload(waits, async (id) => {
      worker.kill('SIGKILL');
      await once(worker, 'exit');
      await fixture.onStore.query(
        "update instances set heartbeat_at = now() - interval '21 seconds' where pid = $1",
        [worker.pid],
      );
      await sweepJobs(jobKinds);
      expect(await readJob(id)).toMatchObject({ status: 'interrupted', swept_at: expect.any(Date) });
      const left = await fixture.onTarget.query('select from pg_stat_activity where application_name = $1', [
        `howdah:${id}`,
      ]);
      expect(left.rowCount).toBe(0);
    });
  });
});
