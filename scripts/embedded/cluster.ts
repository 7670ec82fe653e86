import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Account, canReach, chooseAccount, sharedFolder } from './account';
import { type Binaries, prepareBinaries } from './binaries';
import type { Major } from './majors';

/** A data directory on disk with the programs and the account that serve it. */
export interface Cluster {
  /** The folder that holds everything: `data`, the password, the log. */
  home: string;
  data: string;
  log: string;
  password: string;
  account: Account | undefined;
  binaries: Binaries;
}

/**
 * The cluster of `dataDir`, made by initdb on first use. As root, the data moves to /var/tmp when PostgreSQL's own
 * account could not reach `dataDir`. `durable` false skips waiting for the disk.
 */
export async function ensureCluster(dataDir: string, major: Major, durable: boolean): Promise<Cluster> {
  const account = await chooseAccount(dataDir);
  const binaries = await prepareBinaries(major, account);
  const home = await prepareHome(dataDir, account);
  const password = await ensurePassword(home, account);
  const cluster = { home, data: path.join(home, 'data'), log: path.join(home, 'postgres.log'), password };
  if (!existsSync(cluster.data)) await initialise({ ...cluster, account, binaries }, durable);
  return { ...cluster, account, binaries };
}

/** Runs one of PostgreSQL's programs as the cluster's account. Throws with what it wrote when it fails. */
export async function runProgram(account: Account | undefined, file: string, args: string[]): Promise<void> {
  await promisify(execFile)(file, args, { ...account, cwd: path.parse(file).root, windowsHide: true });
}

/** Writes a file that only the cluster's account (and root) can read. */
export async function writePrivate(file: string, text: string, account: Account | undefined): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  if (account) await chown(file, account.uid, account.gid);
}

async function prepareHome(dataDir: string, account: Account | undefined): Promise<string> {
  await mkdir(path.dirname(dataDir), { recursive: true, mode: 0o711 });
  const reachable = !account || (await canReach(account, path.dirname(dataDir)));
  const home = reachable ? dataDir : path.join(await sharedFolder(dataDir), path.basename(dataDir));
  await mkdir(home, { recursive: true });
  if (account) await chown(home, account.uid, account.gid);
  await chmod(home, 0o700).catch((cause) => {
    throw new Error(`${home} belongs to another user. Set HOWDAH_DATA to a folder of your own.`, { cause });
  });
  return home;
}

async function ensurePassword(home: string, account: Account | undefined): Promise<string> {
  const file = path.join(home, 'password');
  if (!existsSync(file)) await writePrivate(file, randomBytes(24).toString('base64url'), account);
  return readFile(file, 'utf8');
}

/** initdb works beside the final place, so that an interrupted one leaves nothing that looks finished. */
async function initialise(cluster: Cluster, durable: boolean): Promise<void> {
  const unfinished = `${cluster.data}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await runProgram(cluster.account, cluster.binaries.initdb, [
    ...['-D', unfinished, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-A', 'scram-sha-256'],
    ...['--pwfile', path.join(cluster.home, 'password')],
    ...(durable ? [] : ['--no-sync']),
  ]);
  await appendFile(path.join(unfinished, 'postgresql.conf'), "\ninclude 'howdah.conf'\n");
  await rename(unfinished, cluster.data);
}
