import 'server-only';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { backupFolder } from './backup-files';

const suffix = '.work';

/** Makes an empty folder of a job's own beside the backups, on their disk, for its owner only. */
export async function makeWorkFolder(jobId: string): Promise<string> {
  const folder = await workFolder(jobId);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** Removes a job's folder with all that is in it. */
export async function removeWorkFolder(jobId: string): Promise<void> {
  await rm(await workFolder(jobId), { recursive: true, force: true });
}

/** The ids of the jobs that have a folder here. */
export async function listWorkFolders(): Promise<string[]> {
  const names = await readdir(await backupFolder());
  return names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
}

/** Ids of jobs are Howdah's own. The comment keeps the build from packing all that this could name. */
async function workFolder(jobId: string): Promise<string> {
  return path.join(/*turbopackIgnore: true*/ await backupFolder(), `${jobId}${suffix}`);
}
