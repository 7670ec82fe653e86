import 'server-only';
import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createTarDecoder } from 'modern-tar';
import { packTar } from 'modern-tar/fs';
import { AppError } from '../errors';

/** What pg_restore reads first; it alone tells what an archive holds. */
const contents = 'toc.dat';

/** Files of pg_dump's directory format lie side by side, and are named like this. */
const nameOfFile = /^[A-Za-z0-9_][A-Za-z0-9_.]*$/;

/** A dump in the directory format as one tar, its table of contents first; and the bytes of its files. */
export async function packDirectory(
  folder: string,
): Promise<{ bytes: number; chunks: AsyncIterable<Buffer> }> {
  const names = (await readdir(folder)).sort((a, b) => rankOf(a) - rankOf(b));
  const files = names.map((name) => path.join(/*turbopackIgnore: true*/ folder, name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const sources = names.map((target, index) => ({
    type: 'file' as const,
    source: files[index] ?? '',
    target,
    mode: 0o600,
  }));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), chunks: packTar(sources, { concurrency: 1 }) };
}

function rankOf(name: string): number {
  return name === contents ? 0 : 1;
}

/**
 * Unpacks such a tar into a folder, or its table of contents alone. Files only, side by side, none twice: throws AppError
 * `conflict` for anything else, so that nothing is written outside the folder, whatever the tar says.
 */
export async function unpackDirectory(
  chunks: AsyncIterable<Buffer>,
  folder: string,
  { isListing }: { isListing: boolean },
): Promise<void> {
  const source = Readable.from(chunks, { objectMode: false });
  const web = Readable.toWeb(source) as ReadableStream<Uint8Array>;
  const entries = web.pipeThrough(createTarDecoder({ strict: true }));
  let hasContents = false;
  try {
    for await (const { header, body } of entries as AsyncIterable<TarEntry>) {
      if (header.type !== 'file' || !nameOfFile.test(header.name)) throw strange(header.name);
      const file = path.join(/*turbopackIgnore: true*/ folder, header.name);
      await pipeline(Readable.fromWeb(body), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      hasContents ||= header.name === contents;
      if (isListing && hasContents) return;
    }
  } catch (error) {
    throw asTarError(error);
  } finally {
    source.destroy();
  }
  if (!hasContents) throw asTarError(new Error(`it holds no ${contents}`));
}

type TarEntry = { header: { name: string; type?: string }; body: WebStream };

function strange(name: string): AppError {
  return new AppError('conflict', `The file holds ${JSON.stringify(name)}, which no pg_dump writes.`, {
    hint: 'It is not what was backed up. Use another backup.',
  });
}

/** What the source of the chunks says stays as it is; a full disk says nothing about the backup. */
function asTarError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('unreachable', 'The disk is full: the backup can’t be unpacked there.', {
      hint: 'Free some space in HOWDAH_DATA, or set it to a larger disk.',
    });
  }
  if (code !== undefined && code !== 'EEXIST') return error;
  return new AppError('conflict', `The file can't be unpacked: ${message}.`, {
    hint: 'It is not what was backed up. Use another backup.',
  });
}
