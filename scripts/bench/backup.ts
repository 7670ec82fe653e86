import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BackupEntry, JobEntry } from '@/lib/job-types';
import { programOf } from '@/lib/postgres/client-tools';
import type { ApiClient } from '../api-client';
import { onDatabase } from './database';
import { runProgram } from './floors';
import { ask, timeJob } from './jobs';
import { alternate, median, timed } from './measure';
import { ensureMillionRows, million, millionRows } from './million-rows';
import { type Report, reportRest, reportTimes } from './report';
import { findTools } from './tools';

type Place = { urlOf: (database: string) => string; folder: string };

/**
 * A backup of a million rows, from the request until it can be downloaded, and its proof, from the request until it is
 * recorded, against the same pg_dump and pg_restore by themselves; and what their jobs do after that. Without them on this
 * machine it says so and measures nothing. The client must hold the owner level.
 */
export async function benchBackup(client: ApiClient, { urlOf, folder }: Place): Promise<Report[]> {
  const tools = await findTools('A backup');
  if (tools === null) return [];
  const [dump, restore] = [programOf(tools, 'pg_dump'), programOf(tools, 'pg_restore')];
  await ensureMillionRows(urlOf);
  const file = path.join(folder, 'floor.dump');
  const ids: string[] = [];
  const rest: Record<'sums' | 'drop', number[]> = { sums: [], drop: [] };
  const results = await alternate(3, {
    dump: () =>
      timed(() => runProgram(dump, ['--format=custom', `--file=${file}`, `--dbname=${urlOf(million)}`])),
    backup: async () => {
      const { id, ms, sumsMs } = await backUp(client);
      ids.push(id);
      rest.sums.push(sumsMs);
      return ms;
    },
    restore: () => restoreFloor(restore, urlOf, file),
    verify: async () => {
      const { ms, dropMs } = await verify(client, ids.at(-1) ?? '');
      rest.drop.push(dropMs);
      return ms;
    },
  });
  await rm(file);
  const of = (name: string) => median(results[name] ?? []);
  const rows = `${millionRows.toLocaleString('en')} rows`;
  return [
    reportTimes({
      name: `a backup of ${rows}, from the request until it can be downloaded`,
      floor: 'pg_dump -Fc to a file',
      floorMs: of('dump'),
      howdahMs: of('backup'),
      factor: 1.1,
    }),
    reportRest({
      name: 'its second stage: the sums of its rows, in the snapshot of the dump',
      floor: 'pg_dump -Fc to a file',
      floorMs: of('dump'),
      howdahMs: median(rest.sums),
    }),
    reportTimes({
      name: `the proof of a backup of ${rows}, from the request until it is recorded`,
      floor: 'pg_restore of the file',
      floorMs: of('restore'),
      howdahMs: of('verify'),
      factor: 1.3,
    }),
    reportRest({
      name: 'after it: the copy is dropped',
      floor: 'pg_restore of the file',
      floorMs: of('restore'),
      howdahMs: median(rest.drop),
    }),
  ];
}

/**
 * Takes a backup and answers its id, its milliseconds (the file was hashed, flushed and renamed by then, and could be
 * downloaded) and those that its job took after that. By the store's clock.
 */
async function backUp(client: ApiClient): Promise<{ id: string; ms: number; sumsMs: number }> {
  const path = `/api/v1/servers/demo/databases/${million}/backups`;
  const { id, job_id } = await ask<{ id: string; job_id: string }>(client, 'POST', path, {});
  const jobMs = await timeJob(client, job_id);
  const backup = await ask<BackupEntry>(client, 'GET', `/api/v1/backups/${id}`);
  if (!backup.has_sums) throw new Error('The backup has no sums.');
  const ms = Date.parse(backup.finished_at ?? '') - Date.parse(backup.created_at);
  return { id, ms, sumsMs: jobMs - ms };
}

/** Proves a backup and answers its milliseconds, until the copy was compared and that was recorded, and those after it. */
async function verify(client: ApiClient, id: string): Promise<{ ms: number; dropMs: number }> {
  const { job_id } = await ask<{ job_id: string }>(client, 'POST', `/api/v1/backups/${id}/verify`, {});
  const jobMs = await timeJob(client, job_id);
  const { created_at } = await ask<JobEntry>(client, 'GET', `/api/v1/jobs/${job_id}`);
  const { verified_at } = await ask<BackupEntry>(client, 'GET', `/api/v1/backups/${id}`);
  const ms = Date.parse(verified_at ?? '') - Date.parse(created_at);
  return { ms, dropMs: jobMs - ms };
}

/** Restores a file by the tool itself into a new database, and drops it again outside of what is measured. */
async function restoreFloor(program: string, urlOf: Place['urlOf'], file: string): Promise<number> {
  const name = 'bench_restored';
  await onDatabase(urlOf('postgres'), `create database ${name} template template0`);
  try {
    return await timed(() => runProgram(program, ['--exit-on-error', `--dbname=${urlOf(name)}`, file]));
  } finally {
    await onDatabase(urlOf('postgres'), `drop database ${name} with (force)`);
  }
}
