import 'server-only';
import zlib from 'node:zlib';
import { env } from './env';
import { AppError } from './errors';
import type { BackupChoices, ObjectStoreState } from './job-types';
import { usualDestination } from './jobs/backup-places';
import { backupRecipients } from './jobs/encrypt';
import { objectStoreName } from './jobs/object-client';
import { requireBucket } from './jobs/object-files';
import { hasPermission } from './permissions';
import { errorLine } from './query-event';
import type { Actor } from './server';

/** How long a page waits for the object store, in milliseconds. */
const lookMs = 2_500;

/** What backups can be here, by the environment and the Node that Howdah runs on. */
export function backupChoices(): BackupChoices {
  return {
    destinations: env().objectStore === null ? ['local'] : ['s3', 'local'],
    usual: usualDestination(),
    hasZstd: 'createZstdCompress' in zlib,
    isEncrypted: backupRecipients().length > 0,
  };
}

/** Whether the object store answers now; null where there is none. Where it is is told to those who manage backups. */
export async function lookAtObjectStore({ role }: Pick<Actor, 'role'>): Promise<ObjectStoreState | null> {
  const { objectStore } = env();
  if (objectStore === null) return null;
  const maySee = hasPermission(role, 'manage-backups');
  const name = maySee ? objectStoreName(objectStore) : null;
  try {
    await requireBucket(objectStore.bucket, lookMs);
    return { name, problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      name,
      problem: maySee ? errorLine(error) : 'The object store can’t be used now.',
    };
  }
}
