import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { backupFileName } from './backup-name';
import { backupPlace, openBackupFile } from './jobs/backup-files';
import { watchBackups } from './run-alerts';
import { requestBackup } from './run-backup';
import { openDownload } from './run-backup-file';
import { jobKinds } from './run-job-kinds';
import { cancelJob, sweepJobs } from './run-jobs';
import { listAlerts } from './store/alerts';
import { findBackup, insertJob, listBackups } from './store/backups';
import { store } from './store/db';
import { beat } from './store/instances';
import { findJob, listJobs } from './store/jobs';
import { findServer } from './store/servers';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { readJob, summary, wholeDatabase, workOff } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
const folder = () => path.join(data.folder, 'backups');

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create table t (id int primary key, v text);
    insert into t select g, md5(g::text) || md5((g * 7)::text) from generate_series(1, 60000) g;
    create table locked (id int)`);
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const request = async (database = fixture.target.name) =>
  requestBackup(await actorOf('admin'), { server: 'demo', database: database }, wholeDatabase);

async function sessionsOf(jobId: string): Promise<number> {
  const { rows } = await fixture.onTarget.query(
    'select count(*)::int as n from pg_stat_activity where application_name = $1',
    [`howdah:${jobId}`],
  );
  return rows[0].n;
}

/** Runs `work` while a backup waits for the table `locked`, then lets it go on. */
async function whileBlocked(
  work: (jobId: string, end: ReturnType<typeof workOff>, backupId: string) => Promise<void>,
) {
  const blocker = new pg.Client({ connectionString: fixture.target.url });
  await blocker.connect();
  try {
    await blocker.query('begin; lock table locked in access exclusive mode');
    const { id, job_id } = await request();
    const end = workOff(job_id);
    await until('pg_dump waits for the lock', async () => {
      const { rows } = await fixture.onTarget.query(
        `select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'
          and query like 'LOCK TABLE %'`,
        [`howdah:${job_id}`],
      );
      return rows.length > 0;
    });
    await work(job_id, end, id);
  } finally {
    await blocker.end();
  }
}

/** The processes of this machine whose command line holds `text`, with their environments. */
async function findProcesses(text: string): Promise<{ command: string[]; environment: string[] }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const command = (await read('cmdline')).split('\0');
      return command.join(' ').includes(text)
        ? { command, environment: (await read('environ')).split('\0') }
        : null;
    }),
  );
  return all.filter((found) => found !== null);
}

describe('a running pg_dump', () => {
  test('S37: shows no secret in its command line, and has only what it needs in its environment', async ({
    skip,
  }) => {
    if (process.platform !== 'linux') skip('reads /proc');
    const password = decodeURIComponent(new URL(testServer()).password);
    await whileBlocked(async (jobId, end) => {
      const [found] = await findProcesses(`dbname='${fixture.target.name}'`);
      expect(found?.command[0]).toMatch(/\/pg_dump$/);
      expect(found?.command.join(' ')).not.toContain(password);
      const names = found?.environment.filter(Boolean).map((entry) => entry.split('=')[0]);
      expect(names?.sort()).toEqual([
        'HOME',
        'LC_ALL',
        'PGAPPNAME',
        'PGCONNECT_TIMEOUT',
        'PGGSSENCMODE',
        'PGPASSWORD',
      ]);
      expect(found?.environment).toContain(`PGAPPNAME=howdah:${jobId}`);
      const ps = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      expect(ps).not.toContain(password);
      await cancelJob(await actorOf('admin'), jobId);
      expect((await end).log_tail).not.toContain(password);
    });
  });

  test('is cancelled: no file, no backend, and the job says so', async () => {
    await whileBlocked(async (jobId, end, backupId) => {
      await until('the partial file is there', async () =>
        (await readdir(folder())).includes(`${backupId}.partial`),
      );
      await cancelJob(await actorOf('admin'), jobId);
      expect(summary(await end)).toMatch(/^cancelled: null/);
      expect(await sessionsOf(jobId)).toBe(0);
      expect((await readdir(folder())).filter((name) => name.startsWith(backupId))).toEqual([]);
      await expect(cancelJob(await actorOf('admin'), jobId)).rejects.toMatchObject({ code: 'conflict' });
    });
  });

  test('is cancelled from another instance', async () => {
    await whileBlocked(async (jobId, end) => {
      await store()
        .updateTable('jobs')
        .set({ cancel_requested_at: new Date() })
        .where('id', '=', jobId)
        .execute();
      expect((await end).status).toBe('cancelled');
    });
  });

  test('S68: keeps a second backup of its database out, and nobody else may cancel it', async () => {
    await whileBlocked(async (jobId, end) => {
      await expect(request()).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/under way/),
      });
      await expect(cancelJob(await actorOf('developer'), jobId)).rejects.toMatchObject({ code: 'forbidden' });
      const seen = await findJob(await actorOf('reviewer'), jobId);
      expect(seen).toMatchObject({ status: 'running', log_tail: '', kind: 'backup' });
      await cancelJob(await actorOf('admin'), jobId);
      await end;
    });
  });

  test('S55: fails loudly when the server ends it', async () => {
    await whileBlocked(async (jobId, end) => {
      await fixture.onTarget.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
        [`howdah:${jobId}`],
      );
      expect(summary(await end)).toMatch(/^failed: pg_dump ended with code 1: .*terminating connection/);
      expect((await readdir(folder())).filter((name) => name.endsWith('.partial'))).toEqual([]);
    });
  });
});

describe('a database named', () => {
  test.each([
    '-Fp',
    '--file=howdah-s38',
    'postgres://x/y',
    'a=b',
    'it\'s \\ "q"',
    'dbname=postgres',
    'a\nb',
    '🐘',
  ])('S38: %j is just a name', async (name) => {
    await fixture.onTarget.query(`create database ${pg.escapeIdentifier(name)}`);
    try {
      const { hostname: host, port, username: user, password } = new URL(testServer());
      const client = new pg.Client({ host, port: Number(port), user, password, database: name });
      await client.connect();
      await client.query('create table here (id int)');
      await client.end();
      const { id, job_id } = await request(name);
      expect(summary(await workOff(job_id))).toBe('succeeded');
      for (const elsewhere of [tmpdir(), process.cwd(), folder()])
        expect(await readdir(elsewhere)).not.toContain('howdah-s38');
      const backup = await findBackup(await actorOf('admin'), id);
      expect(backup.database).toBe(name);
      expect((await readFile(path.join(folder(), `${id}.dump`))).includes('CREATE TABLE public.here')).toBe(
        true,
      );
      expect(backupFileName(backup, '{server}-{database}-{date}-{time}')).toMatch(
        /^demo-[A-Za-z0-9_-]+-\d{8}-\d{6}\.dump$/,
      );
    } finally {
      await fixture.onTarget.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
    }
  });

  test('as none is not found, and neither is the store', async () => {
    await expect(request('not there')).rejects.toMatchObject({ code: 'not_found' });
    await expect(request(fixture.store.name)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a file', () => {
  async function take(): Promise<string> {
    const { id, job_id } = await request();
    expect(summary(await workOff(job_id))).toBe('succeeded');
    return id;
  }

  test('S40: is its owner’s alone and comes whole, to those who hold the owner level', async () => {
    const id = await take();
    expect((await stat(path.join(folder(), `${id}.dump`))).mode & 0o777).toBe(0o600);
    expect((await stat(folder())).mode & 0o777).toBe(0o700);
    const { stream, bytes } = await openDownload(await actorOf('admin'), id);
    expect((await new Response(stream).arrayBuffer()).byteLength).toBe(bytes);
    await expect(openDownload(await actorOf('reviewer'), id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(openDownload(await actorOf('developer'), id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('S40: that a link took the place of is refused', async () => {
    const id = await take();
    const file = path.join(folder(), `${id}.dump`);
    await unlink(file);
    await symlink('/etc/passwd', file);
    await expect(openDownload(await actorOf('admin'), id)).rejects.toMatchObject({ code: 'not_found' });
    await unlink(file);
    await mkdir(file);
    await expect(openDownload(await actorOf('admin'), id)).rejects.toMatchObject({ code: 'not_found' });
    await rm(file, { recursive: true });
  });

  test.each(['../../etc/passwd', '/etc/passwd', '..%2f', 'a\0b', ''])(
    'S40: is never asked for by %j',
    async (id) => {
      await expect(openBackupFile(id, await backupPlace())).rejects.toMatchObject({ code: 'not_found' });
    },
  );

  test('of another instance says so', async () => {
    await expect(openBackupFile(randomUUID(), `file:${randomUUID()}`)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('S54: does not fit on a full disk: the job says so, nothing stays', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('needs root to mount a file system of 2 MB');
    const place = await backupPlace();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0700', 'tmpfs', folder()], {
        stdio: 'ignore',
      });
    } catch {
      skip('may not mount here');
    }
    try {
      await writeFile(path.join(folder(), 'place'), place.replace('file:', ''));
      await fixture.onTarget.query(
        'create table large as select random()::text || random()::text as v from generate_series(1, 200000)',
      );
      const backupsBefore = await listBackups(await actorOf('admin'), { limit: 1 });
      await store()
        .updateTable('backups')
        .set({ size_bytes: 1000 })
        .where('id', '=', backupsBefore.items[0]?.id ?? '')
        .execute();
      const { id, job_id } = await request();
      expect(summary(await workOff(job_id))).toMatch(/^failed: The disk is full/);
      expect(await readdir(folder())).toEqual(['place']);
      await watchBackups();
      expect((await listAlerts(await actorOf('admin'), 10)).items).toMatchObject([
        {
          kind: 'failed',
          database: fixture.target.name,
          message: expect.stringMatching(/^The disk is full/),
        },
      ]);
      await expect(openDownload(await actorOf('admin'), id)).rejects.toMatchObject({ code: 'conflict' });
      await store()
        .updateTable('backups')
        .set({ size_bytes: 9_000_000 })
        .where('id', '=', backupsBefore.items[0]?.id ?? '')
        .execute();
      const second = await request();
      expect(summary(await workOff(second.job_id))).toMatch(/^failed: The disk is too full for a backup/);
    } finally {
      execFileSync('umount', [folder()]);
      await fixture.onTarget.query('drop table if exists large');
    }
  });
});

describe('the sweeper', () => {
  /** A job as a killed instance leaves it: running, its files half made, its backend alive. */
  async function abandon(kind: 'backup' | 'restore') {
    const admin = await actorOf('admin');
    const server = await findServer(admin, 'demo');
    const backupId = randomUUID();
    const job = await insertJob(admin, { kind, server, database: `dead_${kind}`, backupId, place: null });
    const instance = randomUUID();
    await fixture.onStore.query(
      `insert into instances (id, hostname, pid, version, heartbeat_at) values ($1, 'gone', 1, '0', now() - interval '21 seconds')`,
      [instance],
    );
    await fixture.onStore.query(
      "update jobs set status = 'running', instance_id = $2, heartbeat_at = now() - interval '21 seconds' where id = $1",
      [job, instance],
    );
    await writeFile(path.join(folder(), `${backupId}.partial`), 'half');
    const orphan = new pg.Client({ connectionString: fixture.target.url, application_name: `howdah:${job}` });
    orphan.on('error', () => undefined);
    await orphan.connect();
    const ended = orphan.query('select pg_sleep(60)').then(
      () => 'slept',
      (error: pg.DatabaseError) => error.code,
    );
    return { job, ended, backupId };
  }

  test('S53: marks a dead instance’s backup, ends its backend and removes its file; others are left alone', async () => {
    await beat();
    const { job, ended, backupId } = await abandon('backup');
    const alive = await insertJob(await actorOf('admin'), {
      kind: 'backup',
      server: await findServer(await actorOf('admin'), 'demo'),
      database: 'alive',
      backupId: randomUUID(),
      place: null,
    });
    await sweepJobs(jobKinds);
    expect(await ended).toBe('57P01');
    expect(await readJob(job)).toMatchObject({ status: 'interrupted', swept_at: expect.any(Date) });
    expect((await readdir(folder())).filter((name) => name.startsWith(backupId))).toEqual([]);
    expect((await readJob(alive)).status).toBe('queued');
    await cancelJob(await actorOf('admin'), alive);
    expect((await readJob(alive)).status).toBe('cancelled');
    expect((await workOff(alive)).status).toBe('cancelled');
  });

  test('S53: drops the database of a dead instance’s restore, and its list of what to restore', async () => {
    await beat();
    const { job, ended } = await abandon('restore');
    await fixture.onTarget.query(`create database "howdah_restore_${job}"`);
    await writeFile(path.join(tmpdir(), `howdah-contents-${job}-left`), 'its entries');
    await sweepJobs(jobKinds);
    expect(await ended).toBe('57P01');
    expect((await readJob(job)).status).toBe('interrupted');
    const left = await fixture.onTarget.query(
      "select 1 from pg_database where datname like 'howdah_restore%'",
    );
    expect(left.rowCount).toBe(0);
    expect(await readdir(tmpdir())).not.toContain(`howdah-contents-${job}-left`);
  });

  test('comes again while the server is away', async () => {
    await beat();
    const { job, ended } = await abandon('backup');
    await fixture.onStore.query('update servers set port = 1');
    await sweepJobs(jobKinds);
    expect(await readJob(job)).toMatchObject({ status: 'interrupted', swept_at: null });
    await fixture.onStore.query('update servers set port = $1', [Number(new URL(testServer()).port)]);
    await sweepJobs(jobKinds);
    expect(await ended).toBe('57P01');
    expect((await readJob(job)).swept_at).not.toBeNull();
  });
});

test('lists are read page by page, newest first, by id', async () => {
  const reviewer = await actorOf('reviewer');
  const all = await listJobs(reviewer, { limit: 500 });
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listJobs(reviewer, { limit: 3, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(all.items.map(({ id }) => id));
  expect(seen.length).toBeGreaterThan(10);
  const backups = await listBackups(reviewer, { limit: 500, database: '-Fp' });
  expect(backups.items).toHaveLength(1);
});
