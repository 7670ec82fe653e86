import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '@/scripts/embedded/server';
import { requestBackup } from './run-backup';
import { enrolServer } from './run-enrol';
import { requestVerify } from './run-prove';
import { findBackup } from './store/backups';
import { grantAccess } from './store/servers';
import { takeBackup, verifyBackup } from './testing/backups';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { readJob, summary, wholeDatabase, workOff } from './testing/jobs';

const role = 'elsewhere_owner';
let data: Awaited<ReturnType<typeof useDataFolder>>;
let folder: string;
let fixture: Fixture;
let other: EmbeddedServer;
let onOther: pg.Client;
let otherId: string;

beforeAll(async () => {
  data = await useDataFolder();
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-elsewhere-'));
  fixture = await openFixture(`create role ${role};
    create table t (id serial primary key, v numeric check (v in (1.0, 2.00)));
    insert into t (v) select 1 + g % 2 from generate_series(1, 100) g;
    create table theirs (id int); alter table theirs owner to ${role}; grant select on t to ${role}`);
  const { rows } = await fixture.onTarget.query('show server_version_num');
  const major = Math.floor(Number(rows[0].server_version_num) / 10_000) as 15;
  other = await startEmbedded({ dataDir: path.join(folder, 'postgres'), durable: false, major });
  onOther = new pg.Client({ connectionString: other.url() });
  await onOther.connect();
  const named = { slug: 'other', name: 'Other', environment: 'development', url: other.url() } as const;
  otherId = (await enrolServer(named)).id;
  await grantAccess((await actorOf('admin')).userId, otherId, 'owner');
});
afterAll(async () => {
  await onOther.end().catch(() => undefined);
  await other.stop();
  await fixture.onTarget.query(`drop owned by ${role}; drop role ${role}`);
  await fixture.close();
  await data.remove();
  // Tried again while the backends of the killed server, on their way out, still write there.
  for (const each of [folder, other.home]) await rm(each, { recursive: true, force: true, maxRetries: 10 });
});

test('S57: a backup is proven on another server that is named, and nothing of it stays there', async () => {
  const id = await takeBackup(fixture);
  const job = await verifyBackup(id, 'other');
  expect(summary(job)).toBe('succeeded');
  expect(job.server).toBe('other');
  expect(job.result).toEqual({ missing_roles: [role], problems: [] });
  const { proof } = await findBackup(await actorOf('admin'), id);
  expect(proof).toMatchObject({ server: 'other', tables: 2, rows: 100, sums: 2 });
  const { rows } = await onOther.query("select datname from pg_database where datname like 'howdah_%'");
  expect(rows).toEqual([]);
});

test('that is for who holds the owner level of both servers, and only an enrolled one', async () => {
  const id = await takeBackup(fixture);
  const developer = await actorOf('developer');
  const verify = () => requestVerify(developer, id, 'other');
  await expect(verify()).rejects.toMatchObject({ code: 'not_found' });
  await grantAccess(developer.userId, otherId, 'owner');
  await expect(verify()).rejects.toMatchObject({ code: 'forbidden' });
  const { server_id } = await readJob((await findBackup(developer, id)).job_id);
  await grantAccess(developer.userId, otherId, 'write');
  await grantAccess(developer.userId, server_id ?? '', 'owner');
  await expect(verify()).rejects.toMatchObject({ code: 'forbidden' });
  await grantAccess(developer.userId, otherId, 'owner');
  const { job_id } = await verify();
  expect(summary(await workOff(job_id))).toBe('succeeded');
  for (const slug of ['nowhere', '127.0.0.1', '']) {
    await expect(requestVerify(await actorOf('admin'), id, slug)).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

test('the server that proves it must be as new as what was backed up', async () => {
  const id = await takeBackup(fixture);
  await fixture.onStore.query(
    `update backups set source = jsonb_set(source, '{server_version}', '990001') where id = $1`,
    [id],
  );
  await expect(requestVerify(await actorOf('admin'), id, 'other')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /^The server other runs PostgreSQL \d+, and this is a backup of PostgreSQL 99/,
    ),
  });
});

test('S55: a server that is killed in mid-dump fails the backup loudly, and no file of it is left', async () => {
  await onOther.query('create table held (id int)');
  const admin = await actorOf('admin');
  const { id, job_id } = await requestBackup(admin, { server: 'other', database: 'postgres' }, wholeDatabase);
  const blocker = new pg.Client({ connectionString: other.url() });
  for (const client of [blocker, onOther]) client.on('error', () => undefined);
  await blocker.connect();
  await blocker.query('begin; lock table held in access exclusive mode');
  const end = workOff(job_id);
  await until('pg_dump waits for the lock', async () => {
    const { rowCount } = await onOther.query(
      "select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock' and query like 'LOCK TABLE %'",
      [`howdah:${job_id}`],
    );
    return rowCount !== 0;
  });
  process.kill(other.pid, 'SIGKILL');
  expect(summary(await end)).toMatch(/^failed: /);
  expect(await findBackup(admin, id)).toMatchObject({ status: 'failed', sha256: null });
  const files = await readdir(path.join(data.folder, 'backups'));
  expect(files.filter((name) => name.startsWith(id))).toEqual([]);
});
