import 'server-only';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { AppError } from '../errors';
import type { ObjectStoreSettings } from '../object-store';
import { objectClient, objectStore, objectStoreError } from './object-client';
import type { WrittenFile } from './written-file';

const mebibyte = 1024 * 1024;

/** What S3 allows of one object: parts, and bytes of a part. */
const mostParts = 10_000;
const mostPartBytes = 5 * 1024 * mebibyte;

/** A part is at least this large, and parts in flight are together at most that, one excepted. */
const leastPartBytes = 8 * mebibyte;
const flightBytes = 32 * mebibyte;

/** An upload: what is expected of it at most is a guess, by the size of the database. */
export type ObjectUpload = {
  key: string;
  expectedBytes: number;
  signal: AbortSignal;
  onBytes: (bytes: number) => void;
};

/**
 * Stores chunks as one object, hashed on the way, in parts as they come: memory holds the parts in flight. The object is
 * seen when it is whole, and not before. On failure, the source's included, its parts are removed. Throws AppError.
 */
export async function putObject(
  chunks: AsyncIterable<Buffer>,
  { key, expectedBytes, signal, onBytes }: ObjectUpload,
): Promise<WrittenFile> {
  const settings = objectStore();
  const source = measure(chunks, signal, onBytes);
  const partSize = partSizeFor(expectedBytes);
  const upload = new Upload({
    client: objectClient(),
    params: {
      Bucket: settings.bucket,
      Key: key,
      Body: Readable.from(source.chunks, { objectMode: false }),
      ...encryptionOf(settings),
    },
    partSize,
    queueSize: Math.max(1, Math.floor(flightBytes / partSize)),
  });
  const abort = () => void upload.abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await upload.done();
  } catch (error) {
    signal.throwIfAborted();
    throw source.problem() ?? uploadError(error, partSize);
  } finally {
    signal.removeEventListener('abort', abort);
  }
  const written = source.written();
  await requireWhole(key, written.size_bytes);
  return written;
}

/** Bytes of a part, so that twice what is expected fits into the parts that an object may have. */
export function partSizeFor(expectedBytes: number): number {
  const needed = Math.ceil((2 * expectedBytes) / mostParts / mebibyte) * mebibyte;
  return Math.min(mostPartBytes, Math.max(leastPartBytes, needed));
}

function encryptionOf({ encryption }: ObjectStoreSettings) {
  if (encryption === null) return {};
  return {
    ServerSideEncryption: encryption.algorithm,
    ...(encryption.key === null ? {} : { SSEKMSKeyId: encryption.key }),
  };
}

/** Chunks as they pass by, hashed and counted; and what the source of them threw. */
function measure(chunks: AsyncIterable<Buffer>, signal: AbortSignal, onBytes: (bytes: number) => void) {
  const hash = createHash('sha256');
  let size = 0;
  let problem: unknown = null;
  async function* measured(): AsyncGenerator<Buffer, void> {
    try {
      for await (const chunk of chunks) {
        signal.throwIfAborted();
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
        onBytes(size);
      }
    } catch (error) {
      problem = error;
      throw error;
    }
  }
  return {
    chunks: measured(),
    problem: () => problem,
    written: (): WrittenFile => ({ size_bytes: size, sha256: hash.digest('hex') }),
  };
}

function uploadError(error: unknown, partSize: number): unknown {
  if (!(error instanceof Error) || !error.message.startsWith('Exceeded ')) return objectStoreError(error);
  return new AppError(
    'conflict',
    `The backup is larger than expected: it does not fit into ${mostParts} parts of ${partSize / mebibyte} MB.`,
    { hint: 'Take it as an archive, which compresses itself, or to the local folder.' },
  );
}

async function requireWhole(key: string, bytes: number): Promise<void> {
  const { bucket } = objectStore();
  const { ContentLength } = await objectClient()
    .send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error) => {
      throw objectStoreError(error);
    });
  if (ContentLength === bytes) return;
  throw new AppError(
    'conflict',
    `The object store keeps ${ContentLength} bytes of the ${bytes} that were sent.`,
    {
      hint: 'Take the backup again. Look into the object store.',
    },
  );
}
