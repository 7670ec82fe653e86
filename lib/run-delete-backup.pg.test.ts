import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDownload } from './run-backup-file';
import { deleteBackup } from './run-delete-backup';
import { cancelJob } from './run-jobs';
import { requestVerify } from './run-prove';
import { findBackup } from './store/backups';
import { beginBackup, takeBackup, verifyBackup } from './testing/backups';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('create table t as select 1 as id');
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const folder = () => path.join(data.folder, 'backups');
const isThere = async (id: string) => (await readdir(folder())).includes(`${id}.dump`);
const find = async (id: string) => findBackup(await actorOf('admin'), id);

async function remove(id: string, { confirm = fixture.target.name, isLastToo = false } = {}) {
  await deleteBackup(await actorOf('admin'), id, { confirm, isLastToo });
}

test('a backup that is not the last of its kind goes, and its row says who did it', async () => {
  const [one, other] = [await takeBackup(fixture), await takeBackup(fixture)];
  await remove(one);
  expect(await isThere(one)).toBe(false);
  expect(await find(one)).toMatchObject({ expired_at: expect.any(String), deleted_by: 'admin' });
  const { rows } = await fixture.onStore.query(
    "select username, subject, result from audit_log where action = 'backup.delete' order by id",
  );
  const event = { username: 'admin', subject: one };
  expect(rows).toEqual(['started', 'succeeded'].map((result) => ({ ...event, result })));
  const ways = [remove, verifyBackup, async (id: string) => openDownload(await actorOf('admin'), id)];
  for (const way of ways) {
    await expect(way(one)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('admin deleted it'),
    });
  }
  expect(await isThere(other)).toBe(true);
});

test('the only proven one, and the only good one, go only where that is said', async () => {
  const proven = await takeBackup(fixture);
  expect(summary(await verifyBackup(proven))).toBe('succeeded');
  await expect(remove(proven)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('only proven backup'),
  });
  await remove(proven, { isLastToo: true });
  await fixture.onStore.query('update backups set expired_at = now() where expired_at is null');
  const last = await takeBackup(fixture);
  await expect(remove(last)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('only good backup'),
  });
  expect(await isThere(last)).toBe(true);
  await remove(last, { isLastToo: true });
  expect(await isThere(last)).toBe(false);
});

test('S68: one that a job works with stays, and so does one that is not confirmed, not whole or not here', async () => {
  await takeBackup(fixture);
  const id = await takeBackup(fixture);
  await expect(remove(id, { confirm: 'other' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(
    deleteBackup(await actorOf('developer'), id, { confirm: fixture.target.name, isLastToo: true }),
  ).rejects.toMatchObject({ code: 'forbidden' });

  const { job_id: verify } = await requestVerify(await actorOf('admin'), id, undefined);
  await expect(remove(id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('job works with'),
  });
  await cancelJob(await actorOf('admin'), verify);

  const begun = await beginBackup(fixture);
  await expect(remove(begun.id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('not whole'),
  });
  await cancelJob(await actorOf('admin'), begun.job_id);

  await fixture.onStore.query("update backups set place = 'elsewhere' where id = $1", [id]);
  await expect(remove(id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('does not reach'),
  });
  expect(await find(id)).toMatchObject({ expired_at: null, deleted_by: null });
  expect(await isThere(id)).toBe(true);
});

test('one whose file can’t be removed is there as before', async () => {
  await takeBackup(fixture);
  const id = await takeBackup(fixture);
  const file = path.join(folder(), `${id}.dump`);
  await rename(file, `${file}.kept`);
  await mkdir(file);
  await expect(remove(id)).rejects.toThrow();
  expect(await find(id)).toMatchObject({ expired_at: null, deleted_by: null });
  await rm(file, { recursive: true });
  await rename(`${file}.kept`, file);
  await remove(id);
  expect(await isThere(id)).toBe(false);
});
