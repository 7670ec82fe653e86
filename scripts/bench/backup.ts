import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@/lib/errors';
import type { JobEntry } from '@/lib/job-types';
import { findClientTools, programOf } from '@/lib/postgres/client-tools';
import { chooseTools } from '@/lib/postgres/client-version';
import type { ApiClient } from '../api-client';
import { defaultMajor } from '../embedded/majors';
import { dumpToFile } from './floors';
import { alternate, median, timed } from './measure';
import { ensureMillionRows, million, millionRows } from './million-rows';
import { type Report, reportTimes } from './report';

type Place = { urlOf: (database: string) => string; folder: string };

/** Seldom, so that asking takes nothing from what is measured: the times are the job's own. */
const pollMs = 500;

/**
 * A backup of a million rows, from the request to its whole file, against the same pg_dump by itself. Without pg_dump on
 * this machine it says so and measures nothing. The client must hold the owner level.
 */
export async function benchBackup(client: ApiClient, { urlOf, folder }: Place): Promise<Report[]> {
  const program = await findDump();
  if (program === null) return [];
  await ensureMillionRows(urlOf);
  const file = path.join(folder, 'floor.dump');
  const results = await alternate(3, {
    floor: () => timed(() => dumpToFile(program, urlOf(million), file)),
    howdah: () => backUp(client),
  });
  await rm(file);
  const name = `a backup of ${millionRows.toLocaleString('en')} rows, from the request to the end of its job`;
  const [floorMs, howdahMs] = [median(results.floor ?? []), median(results.howdah ?? [])];
  return [reportTimes({ name, floor: 'pg_dump -Fc to a file', floorMs, howdahMs, factor: 1.1 })];
}

/** The tool that Howdah itself chooses for this server. */
async function findDump(): Promise<string | null> {
  try {
    return programOf(chooseTools(await findClientTools(), defaultMajor), 'pg_dump');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.log(`\nNo backup is measured. ${error.message} ${error.hint}`);
    return null;
  }
}

/**
 * Takes a backup and answers its milliseconds by the store's clock: from the row of the job, before it is queued, to its
 * outcome, after the file was hashed, flushed and renamed.
 */
async function backUp(client: ApiClient): Promise<number> {
  const path = `/api/v1/servers/demo/databases/${million}/backups`;
  const { job_id } = await ask<{ job_id: string }>(client, 'POST', path, {});
  for (;;) {
    const job = await ask<JobEntry>(client, 'GET', `/api/v1/jobs/${job_id}`);
    if (job.finished_at === null) {
      await wait(pollMs);
      continue;
    }
    if (job.status !== 'succeeded') throw new Error(`The backup has ${job.status}: ${job.message}`);
    return Date.parse(job.finished_at) - Date.parse(job.created_at);
  }
}

async function ask<T>(client: ApiClient, method: string, path: string, body?: object): Promise<T> {
  const { status, text } = await client.text(method, path, body);
  if (status >= 300) throw new Error(`${path} answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as T;
}
