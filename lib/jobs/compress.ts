import 'server-only';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { AppError } from '../errors';
import type { BackupCompress } from '../job-types';

/** Node has it from 22.15; its types here are of the oldest Node that Howdah runs on. */
type WithZstd = { createZstdCompress?: () => Transform; createZstdDecompress?: () => Transform };

/** The chunks compressed, as fast as they are read. What the source throws is thrown. */
export function compressed(chunks: AsyncIterable<Buffer>, how: BackupCompress): AsyncIterable<Buffer> {
  return how === 'none'
    ? chunks
    : through(chunks, how === 'gzip' ? zlib.createGzip() : zstd('createZstdCompress'));
}

/** The chunks as they were before they were compressed. Throws AppError `conflict` for a damaged source. */
export function decompressed(chunks: AsyncIterable<Buffer>, how: BackupCompress): AsyncIterable<Buffer> {
  if (how === 'none') return chunks;
  return checked(through(chunks, how === 'gzip' ? zlib.createGunzip() : zstd('createZstdDecompress')));
}

async function* checked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  try {
    yield* chunks;
  } catch (cause) {
    if (!/^(Z_|ERR_|ZSTD_)/.test((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    throw new AppError('conflict', `The file can't be unpacked: ${(cause as Error).message}.`, { cause });
  }
}

function zstd(make: keyof WithZstd): Transform {
  const transform = (zlib as WithZstd)[make]?.();
  if (transform !== undefined) return transform;
  throw new AppError('unreachable', 'zstd needs Howdah to run on Node 22.15 or newer.');
}

async function* through(chunks: AsyncIterable<Buffer>, transform: Transform): AsyncGenerator<Buffer, void> {
  const moved = pipeline(Readable.from(chunks, { objectMode: false }), transform);
  moved.catch(() => undefined);
  for await (const chunk of transform) yield chunk as Buffer;
  await moved;
}
