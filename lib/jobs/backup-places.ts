import 'server-only';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { env } from '../env';
import type { BackupDestination } from '../job-types';
import {
  backupPlace,
  findBackupFile,
  openBackupFile,
  removeBackupFiles,
  writeBackupFile,
} from './backup-files';
import { objectStore } from './object-client';
import { findObject, missingObject, type ObjectName, readObject, removeObject } from './object-files';
import { putObject } from './object-upload';
import type { WrittenFile } from './written-file';

/** Where the file of a backup lies. */
export type Kept = { id: string; place: string | null; object_key: string | null };

/** Bytes that are read from a file at once. */
const readBytes = 1024 * 1024;

/** Where a backup goes when nobody says it. */
export function usualDestination(): BackupDestination {
  const { HOWDAH_BACKUP_TO: to, objectStore: settings } = env();
  return to ?? (settings === null ? 'local' : 's3');
}

type Keeping = {
  id: string;
  /** The name of its object; null for this instance's folder. */
  key: string | null;
  expectedBytes: number;
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
};

/** Keeps a backup's file, and answers where. It is there whole or not at all. Throws AppError. */
export async function keepBackup(
  chunks: AsyncIterable<Buffer>,
  { id, key, ...upload }: Keeping,
): Promise<WrittenFile & { place: string }> {
  if (key === null) {
    const written = await writeBackupFile(id, chunks, upload.onBytes);
    return { ...written, place: await backupPlace() };
  }
  const written = await putObject(chunks, { key, ...upload });
  return { ...written, place: `s3:${objectStore().bucket}` };
}

/** The object of a backup; null where its file lies in a folder. */
function objectOf({ place, object_key: key }: Pick<Kept, 'place' | 'object_key'>): ObjectName | null {
  if (key === null) return null;
  const bucket = place === null ? objectStore().bucket : place.replace(/^s3:/, '');
  return { bucket, key };
}

/** A backup's file: its bytes, and what is read of it from its start. Whoever opens it closes it. */
export type OpenBackup = {
  bytes: number;
  /** The file itself where it lies in a folder. */
  handle: FileHandle | null;
  read(signal?: AbortSignal): AsyncIterable<Buffer>;
  close(): Promise<void>;
};

/**
 * Opens a backup's file for reading, wherever it lies. Throws AppError: `not_found` when it is gone, `conflict` when another
 * instance keeps it, `unreachable` when the object store does not answer.
 */
export async function openBackup(kept: Kept): Promise<OpenBackup> {
  const object = objectOf(kept);
  if (object === null) {
    const handle = await openBackupFile(kept.id, kept.place);
    const { size } = await handle.stat();
    const options = { start: 0, autoClose: false, highWaterMark: readBytes };
    return {
      bytes: size,
      handle,
      read: () => handle.createReadStream(options) as AsyncIterable<Buffer>,
      close: () => handle.close(),
    };
  }
  objectStore();
  const bytes = await findObject(object);
  if (bytes === null) throw missingObject(object);
  return { bytes, handle: null, read: (signal) => readObject(object, signal), close: async () => undefined };
}

/** Whether a backup's file is where it was put; null where only another instance can tell. Throws AppError. */
export async function isThere(kept: Kept): Promise<boolean | null> {
  const object = objectOf(kept);
  if (object !== null) return env().objectStore === null ? null : (await findObject(object)) !== null;
  return kept.place === (await backupPlace()) ? findBackupFile(kept.id) : null;
}

/** Whether this instance can remove a backup: its own, and those in the object store. */
export async function isRemovable({ place, object_key }: Omit<Kept, 'id'>): Promise<boolean> {
  return object_key === null ? place === (await backupPlace()) : env().objectStore !== null;
}

/** Removes whatever is of a backup: here, and in the object store. */
export async function removeBackup(kept: Kept): Promise<void> {
  await removeBackupFiles(kept.id);
  const object = objectOf(kept);
  if (object !== null) await removeObject(object);
}

/** The SHA-256 of chunks in hex. `onBytes` hears the bytes so far. */
export async function hashOf(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(bytes);
  }
  return hash.digest('hex');
}
