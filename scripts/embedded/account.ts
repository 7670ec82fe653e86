import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** The user of the operating system that PostgreSQL runs as when that is not the user who starts it. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root: the account to use instead, or undefined when an ordinary user starts it. Data that
 * exists keeps its owner, so that root can start what an ordinary user made.
 */
export async function chooseAccount(dataDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(path.join(dataDir, 'data')).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const found = await findAccount();
  if (found) return found;
  execFileSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/bin/false',
    'postgres',
  ]);
  const made = await findAccount();
  if (made) return made;
  throw new Error('PostgreSQL does not run as root, and the user "postgres" could not be made.');
}

async function findAccount(): Promise<Account | undefined> {
  const users = await readFile('/etc/passwd', 'utf8');
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** Whether `account` may pass through every folder down to `target`, and through `target` itself. */
export async function canReach(account: Account, target: string): Promise<boolean> {
  let place = await realpath(target);
  while (true) {
    const { mode, uid, gid } = await stat(place);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (place === path.dirname(place)) return true;
    place = path.dirname(place);
  }
}

/**
 * A folder that every user can pass through, made by root on first use and the same for the same `key`. Throws when
 * somebody else has made it, because /var/tmp is open to all.
 */
export async function sharedFolder(key: string): Promise<string> {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const folder = path.join('/var/tmp', `howdah-${hash}`);
  await mkdir(folder, { mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === 0) return folder;
  throw new Error(`${folder} does not belong to root. Remove it, then start again.`);
}
