import { rm } from 'node:fs/promises';
import path from 'node:path';
import { programOf } from '@/lib/postgres/client-tools';
import type { ApiClient } from '../api-client';
import { onDatabase } from './database';
import { runProgram } from './floors';
import { ask, timeJob } from './jobs';
import { alternate, median, timed } from './measure';
import { ensureMillionRows, million, millionRows } from './million-rows';
import { type Report, reportTimes } from './report';
import { findTools } from './tools';

type Place = { urlOf: (database: string) => string; folder: string };

/**
 * A backup of a million rows and its proof, each from the request to the end of its job, against the same pg_dump and
 * pg_restore by themselves. Without them on this machine it says so and measures nothing. The client must hold the owner
 * level.
 */
export async function benchBackup(client: ApiClient, { urlOf, folder }: Place): Promise<Report[]> {
  const tools = await findTools('A backup');
  if (tools === null) return [];
  const [dump, restore] = [programOf(tools, 'pg_dump'), programOf(tools, 'pg_restore')];
  await ensureMillionRows(urlOf);
  const file = path.join(folder, 'floor.dump');
  const ids: string[] = [];
  const results = await alternate(3, {
    dump: () =>
      timed(() => runProgram(dump, ['--format=custom', `--file=${file}`, `--dbname=${urlOf(million)}`])),
    backup: async () => {
      const { id, ms } = await backUp(client);
      ids.push(id);
      return ms;
    },
    restore: () => restoreFloor(restore, urlOf, file),
    verify: () => verify(client, ids.at(-1) ?? ''),
  });
  await rm(file);
  const of = (name: string) => median(results[name] ?? []);
  const rows = `${millionRows.toLocaleString('en')} rows, from the request to the end of its job`;
  return [
    reportTimes({
      name: `a backup of ${rows}`,
      floor: 'pg_dump -Fc to a file',
      floorMs: of('dump'),
      howdahMs: of('backup'),
      factor: 1.1,
    }),
    reportTimes({
      name: `the proof of a backup of ${rows}`,
      floor: 'pg_restore of the file',
      floorMs: of('restore'),
      howdahMs: of('verify'),
      factor: 1.3,
    }),
  ];
}

/** Takes a backup and answers its id and its milliseconds: the file was hashed, flushed and renamed by then. */
async function backUp(client: ApiClient): Promise<{ id: string; ms: number }> {
  const path = `/api/v1/servers/demo/databases/${million}/backups`;
  const { id, job_id } = await ask<{ id: string; job_id: string }>(client, 'POST', path, {});
  return { id, ms: await timeJob(client, job_id) };
}

/** Proves a backup and answers its milliseconds: the copy was compared and dropped by then. */
async function verify(client: ApiClient, id: string): Promise<number> {
  const { job_id } = await ask<{ job_id: string }>(client, 'POST', `/api/v1/backups/${id}/verify`, {});
  return timeJob(client, job_id);
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
