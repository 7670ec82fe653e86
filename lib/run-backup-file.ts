import 'server-only';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { audited } from './audited';
import { backupFileName } from './backup-name';
import { env } from './env';
import { AppError } from './errors';
import { isThere, type Kept, type OpenBackup, openBackup } from './jobs/backup-places';
import { openTarget } from './postgres/target';
import { requireWhole } from './run-backup';
import { endWithLevel } from './run-revoked';
import type { Actor } from './server';
import { findBackup } from './store/backups';
import { listKept, markMissing } from './store/kept-backups';
import { findServer } from './store/servers';

/**
 * A backup's file for a download: a web stream that reads as the client takes, its bytes, and a name that is safe on every
 * system. Throws AppError: `forbidden` below the owner level, `conflict` when it is not whole, `not_found`.
 */
export async function openDownload(
  actor: Actor,
  id: string,
): Promise<{ stream: ReadableStream; bytes: number; name: string }> {
  const backup = await findBackup(actor, id);
  const { server, database } = backup;
  const target = openTarget(actor, await findServer(actor, server), database, 'owner');
  requireWhole(backup);
  const event = {
    action: 'backup.download',
    subject: { kind: 'backup', name: id },
    server,
    database,
  } as const;
  const file = await audited(actor, event, () => openKept(backup));
  const stream = Readable.from(readWhole(file, backup), { objectMode: false });
  stream.once('close', () => void file.close());
  endWithLevel(actor, target, stream);
  return {
    stream: Readable.toWeb(stream) as ReadableStream,
    bytes: file.bytes,
    name: backupFileName(backup, env().HOWDAH_BACKUP_NAME),
  };
}

/** A file as it is sent. What is not what was written ends in an error, so that nobody takes it for whole. */
async function* readWhole(file: OpenBackup, { sha256 }: { sha256: string | null }): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let last: Buffer | null = null;
  for await (const chunk of file.read()) {
    if (last !== null) yield last;
    hash.update(chunk);
    last = chunk;
  }
  if (hash.digest('hex') !== sha256) throw damaged();
  if (last !== null) yield last;
}

/** What is said of a file that is not what was written. */
export function damaged(): AppError {
  return new AppError('conflict', 'The file of this backup is not what was written: its SHA-256 differs.', {
    hint: 'Use another backup. Check the disk or the bucket that this one lies on.',
  });
}

/**
 * Looks whether the files of all backups are where they were put: those of this instance and those in the object store. One
 * that is gone is good for nothing any more, until it is there again. Throws AppError when the object store is away.
 */
export async function lookForFiles(): Promise<void> {
  for (const { missing_at, ...kept } of await listKept()) {
    const is = await isThere(kept);
    if (is === null || is === (missing_at === null)) continue;
    await markMissing(kept.id, !is);
  }
}

/** Opens a backup's file, and says of one that is gone that it is. Throws AppError. */
export async function openKept(kept: Kept): Promise<OpenBackup> {
  try {
    return await openBackup(kept);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') await markMissing(kept.id, true);
    throw error;
  }
}
