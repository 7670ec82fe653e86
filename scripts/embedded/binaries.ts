import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type Account, canReach, sharedFolder } from './account';
import { findNative, type Major } from './majors';

/** Absolute paths of PostgreSQL's programs. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
}

/** The programs of an embedded PostgreSQL, ready to run as `account`. Throws when this major is not installed. */
export async function prepareBinaries(major: Major, account: Account | undefined): Promise<Binaries> {
  let native = findNative(major);
  await makeSymlinks(native);
  if (account && !(await canReach(account, path.join(native, 'bin', 'postgres')))) {
    native = await copyFor(account, native);
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    pgCtl: path.join(native, 'bin', `pg_ctl${suffix}`),
  };
}

/** npm packages cannot hold symbolic links; without these the programs do not find their libraries. */
async function makeSymlinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(path.dirname(native), target);
    if (!existsSync(link)) await symlink(path.basename(source), link).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function copyFor(account: Account, native: string): Promise<string> {
  const folder = await sharedFolder(`${account.uid} ${native}`);
  const copy = path.join(folder, 'native');
  if (existsSync(copy)) return copy;
  const unfinished = path.join(folder, `native-${process.pid}`);
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, unfinished]);
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}
