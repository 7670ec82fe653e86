import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase, testServer } from '@/scripts/embedded/test-database';
import { requestBackup } from '../run-backup';
import { seedDemo } from '../run-enrol';
import { jobKinds } from '../run-job-kinds';
import { requestRestore } from '../run-restore';
import { storePool } from '../store/db';
import { beat } from '../store/instances';
import { migrateStore } from '../store/migrate';
import { askDatabase } from '../testing/backups';
import { actorOf, until, useDataFolder } from '../testing/fixture';
import { readJob, summary, wholeDatabase } from '../testing/jobs';
import { backupPlace } from './backup-files';
import { startWorker } from './worker';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let storeDatabase: TestDatabase;
let target: TestDatabase;
let worker: Awaited<ReturnType<typeof startWorker>>;

const onServer = (sql: string, database = 'postgres') => askDatabase(database, sql);

function urlAs(user: string): string {
  const url = new URL(storeDatabase.url);
  url.username = user;
  url.password = 'x';
  return url.href;
}

/** The store with its two roles: nothing that a worker does may need the owner. */
beforeAll(async () => {
  data = await useDataFolder();
  storeDatabase = await createTestDatabase();
  target = await createTestDatabase();
  await onServer("create role queue_owner login password 'x'; create role queue_app login password 'x'");
  await onServer(`alter database ${storeDatabase.name} owner to queue_owner`);
  await onServer('create table t as select generate_series(1, 1000) as id', target.name);
  // biome-ignore lint/style/noProcessEnv: the environment of the code under test
  Object.assign(process.env, { DATABASE_URL: urlAs('queue_app'), HOWDAH_OWNER_URL: urlAs('queue_owner') });
  await migrateStore();
  await migrateStore();
  await beat();
  await seedDemo({ password: 'correct horse', serverUrl: testServer() });
  worker = await startWorker(jobKinds, await backupPlace());
});
afterAll(async () => {
  await worker.stop();
  await storePool().end();
  await storeDatabase.drop();
  await target.drop();
  await onServer('drop database if exists queue_restored with (force)');
  await onServer('drop role queue_owner, queue_app');
  await data.remove();
});

test('a worker with the app’s rights takes a backup from the queue and restores it', async () => {
  const admin = await actorOf('admin');
  const { id, job_id } = await requestBackup(admin, { server: 'demo', database: target.name }, wholeDatabase);
  await until('the backup is over', async () => (await readJob(job_id)).finished_at !== null);
  expect(summary(await readJob(job_id))).toBe('succeeded');
  const restore = await requestRestore(admin, id, { database: 'queue_restored' });
  await until('the restore is over', async () => (await readJob(restore.job_id)).finished_at !== null);
  expect(summary(await readJob(restore.job_id))).toBe('succeeded');
  const { rows } = await onServer('select count(*)::int as n from t', 'queue_restored');
  expect(rows[0].n).toBe(1000);
});

test('the queue holds nothing of what is over', async () => {
  await until('the queue is empty', async () => {
    const { rows } = await onServer(
      'select count(*)::int as n from graphile_worker._private_jobs',
      storeDatabase.name,
    );
    return rows[0].n === 0;
  });
});
