import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { constants, type Dirent, existsSync } from 'node:fs';
import {
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  statfs,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { env } from '../env';
import { AppError } from '../errors';
import type { WrittenFile } from './written-file';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The folder of this instance's backups, made on first use, for its owner only. */
export async function backupFolder(): Promise<string> {
  const folder = path.resolve(env().HOWDAH_DATA, 'backups');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return realpath(folder);
}

/** `file:<id>`: the name of this instance's folder, the same for all that share it and after every restart. */
export async function backupPlace(): Promise<string> {
  const file = path.join(await backupFolder(), 'place');
  if (!existsSync(file)) {
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, randomUUID(), { mode: 0o600 });
    await link(draft, file).catch(ignore('EEXIST'));
    await rm(draft, { force: true });
  }
  return `file:${(await readFile(file, 'utf8')).trim()}`;
}

/**
 * Writes a backup's file from its chunks: hashed on the way, flushed to the disk, then renamed into place, so
 * that a file under the final name is whole. On failure, the source's included, nothing stays. `onBytes` hears the bytes
 * so far. Throws AppError `conflict` when the disk is full.
 */
export async function writeBackupFile(
  id: string,
  chunks: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): Promise<WrittenFile> {
  const folder = await backupFolder();
  const partial = fileOf(folder, id, 'partial');
  try {
    const written = await writeChunks(partial, chunks, onBytes);
    await rename(partial, fileOf(folder, id, 'dump'));
    await flushFolder(folder);
    return written;
  } catch (error) {
    await rm(partial, { force: true });
    throw asDiskError(error, folder);
  }
}

async function writeChunks(
  file: string,
  chunks: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): Promise<WrittenFile> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', 0o600);
  try {
    let size = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      await writeAll(handle, chunk);
      size += chunk.length;
      onBytes(size);
    }
    await handle.sync();
    return { size_bytes: size, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

/** write() may take a part only: on a disk that is nearly full it does. */
async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let offset = 0; offset < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, offset);
    offset += bytesWritten;
  }
}

/** Makes the rename itself outlive a crash of the machine; Windows has no such call for folders. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(ignore('EISDIR', 'EPERM', 'EACCES'));
  if (handle === undefined) return;
  await handle.sync().catch(ignore('EINVAL', 'EPERM'));
  await handle.close();
}

function asDiskError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT' && code !== 'EFBIG') return error;
  return new AppError('conflict', `The disk is full: the backup does not fit into ${folder}.`, {
    hint: 'Free some space there, or set HOWDAH_DATA to a larger disk. Older backups are as they were.',
    cause: error,
  });
}

/** Throws AppError `unreachable`, which says nothing about a backup, when less than `bytes` are free for what is to come. */
export async function requireSpace(bytes: number, what: string): Promise<void> {
  const folder = await backupFolder();
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new AppError(
    'unreachable',
    `The disk is too full for ${what}: ${bavail * bsize} bytes are free in ${folder}, and it may take ${bytes}.`,
    { hint: 'Free some space there, or set HOWDAH_DATA to a larger disk.' },
  );
}

/**
 * Opens a backup's file for reading, never through a link, never outside the folder. Whoever opens it closes it.
 * Throws AppError: `conflict` when another instance keeps it, `not_found` when it is gone.
 */
export async function openBackupFile(id: string, place: string | null): Promise<FileHandle> {
  if (place !== (await backupPlace())) {
    throw new AppError('conflict', 'The file of this backup is kept by another instance of Howdah.', {
      hint: 'Use the Howdah that took it, or start this one with its HOWDAH_DATA.',
    });
  }
  const folder = await backupFolder();
  const file = fileOf(folder, id, 'dump');
  try {
    if ((await realpath(file)) !== file) throw new Error(`${file} is a link`);
    const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    throw new Error(`${file} is not a file`);
  } catch (cause) {
    throw new AppError('not_found', 'The file of this backup is not where Howdah put it.', {
      hint: `Somebody removed or replaced it in ${folder}. Take a new backup.`,
      cause,
    });
  }
}

/** Whether a backup's file is in this instance's folder. */
export async function findBackupFile(id: string): Promise<boolean> {
  const found = await lstat(fileOf(await backupFolder(), id, 'dump')).catch(ignore('ENOENT'));
  return found?.isFile() === true;
}

/** The ids of the backups that have a file here, partial ones included. */
export async function listFileIds(): Promise<string[]> {
  const entries: Dirent[] = await readdir(await backupFolder(), { withFileTypes: true });
  const ids = entries
    .filter((entry) => entry.isFile() && /\.(partial|dump)$/.test(entry.name))
    .map(({ name }) => name.replace(/\.\w+$/, ''));
  return [...new Set(ids.filter((id) => uuid.test(id)))];
}

/** Removes whatever is here of a backup. */
export async function removeBackupFiles(id: string): Promise<void> {
  const folder = await backupFolder();
  await rm(fileOf(folder, id, 'partial'), { force: true });
  await rm(fileOf(folder, id, 'dump'), { force: true });
}

/** Ids become names of files here and nowhere else. The comment keeps the build from packing all that it could name. */
function fileOf(folder: string, id: string, suffix: 'partial' | 'dump'): string {
  if (!uuid.test(id)) throw new AppError('not_found', 'There is no such backup.');
  return path.join(/*turbopackIgnore: true*/ folder, `${id}.${suffix}`);
}

function ignore(...codes: string[]) {
  return (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
