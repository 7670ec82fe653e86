import pg from 'pg';
import { expect } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { requestBackup } from '../run-backup';
import { requestVerify } from '../run-prove';
import { type RestoreWish, requestRestore } from '../run-restore';
import type { JobRow } from '../store/schema';
import { actorOf, type Fixture } from './fixture';
import { summary, wholeDatabase, workOff } from './jobs';

/** What differs from a whole database's archive; undefined stands for what Howdah itself chooses. */
export type Wanted = Partial<Parameters<typeof requestBackup>[2]>;

/** Asks for a backup of the fixture's database, and answers its id and its job's. */
export async function beginBackup({ target }: Fixture, wanted: Wanted = {}) {
  const place = { server: 'demo', database: target.name };
  return requestBackup(await actorOf('admin'), place, { ...wholeDatabase, ...wanted });
}

/** Takes one to its end, and answers its id. */
export async function takeBackup(fixture: Fixture, wanted: Wanted = {}): Promise<string> {
  const { id, job_id } = await beginBackup(fixture, wanted);
  expect(summary(await workOff(job_id))).toBe('succeeded');
  return id;
}

/** Verifies a backup to the end of its job, however that ends. */
export async function verifyBackup(id: string, server?: string): Promise<JobRow> {
  return workOff((await requestVerify(await actorOf('admin'), id, server)).job_id);
}

/** Restores a backup to the end of its job, however that ends. */
export async function restoreBackup(id: string, wish: RestoreWish): Promise<JobRow> {
  return workOff((await requestRestore(await actorOf('admin'), id, wish)).job_id);
}

/** Asks a database of the tests' server, as a superuser. */
export async function askDatabase(database: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: testServer(database) });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
