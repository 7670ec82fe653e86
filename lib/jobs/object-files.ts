import 'server-only';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
} from '@aws-sdk/client-s3';
import { AppError } from '../errors';
import { isNoSuchObject, objectClient, objectStoreError } from './object-client';

/** An object by its bucket, which may be another than that of today, and its name. */
export type ObjectName = { bucket: string; key: string };

/** How often reading goes on after a broken connection without a byte between, and how long it waits, in milliseconds. */
const resumes = 4;
const resumeMs = 500;

/** How often unfinished uploads are looked for: one in flight may come after the first time. */
const abortRounds = 5;

/** Bytes of an object; null where there is none. Throws AppError `unreachable`. */
export async function findObject({ bucket, key }: ObjectName): Promise<number | null> {
  try {
    const { ContentLength } = await objectClient().send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return ContentLength ?? 0;
  } catch (error) {
    if (isNoSuchObject(error)) return null;
    throw objectStoreError(error);
  }
}

/**
 * An object from its start, as it is read. A connection that breaks, or that whoever reads has left waiting for too long,
 * is opened again where it ended. Throws AppError: `not_found` where there is no object, `unreachable`.
 */
export async function* readObject(name: ObjectName, signal?: AbortSignal): AsyncGenerator<Buffer, void> {
  let offset = 0;
  let etag: string | undefined;
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    const part = await openObject(name, { offset, etag, signal });
    etag = part.etag;
    try {
      for await (const chunk of part.body) {
        failures = 0;
        offset += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      if (offset >= part.end) return;
    } catch (error) {
      signal?.throwIfAborted();
      if (failures >= resumes) throw objectStoreError(error);
    }
    failures += 1;
    if (failures > resumes) throw objectStoreError(new Error('the connection breaks'));
    await sleep(resumeMs * failures, undefined, signal === undefined ? {} : { signal });
  }
}

type Position = { offset: number; etag: string | undefined; signal: AbortSignal | undefined };

async function openObject({ bucket, key }: ObjectName, { offset, etag, signal }: Position) {
  const again = offset === 0 ? {} : { Range: `bytes=${offset}-`, ...(etag ? { IfMatch: etag } : {}) };
  try {
    const answer = await objectClient().send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...again }),
      signal === undefined ? {} : { abortSignal: signal },
    );
    return {
      body: answer.Body as Readable,
      etag: answer.ETag,
      end: offset + (answer.ContentLength ?? 0),
    };
  } catch (error) {
    if (isNoSuchObject(error)) throw missingObject({ bucket, key });
    throw objectStoreError(error);
  }
}

/** An object that is not there any more. */
export function missingObject({ bucket, key }: ObjectName): AppError {
  return new AppError('not_found', 'The file of this backup is not in the object store any more.', {
    hint: `Somebody removed ${key} from the bucket ${bucket}, or its own rules did. Take a new backup.`,
  });
}

/** Removes an object and whatever was uploaded towards it, as often as need be. Throws AppError `unreachable`. */
export async function removeObject(name: ObjectName): Promise<void> {
  try {
    await abortUploads(name);
    await objectClient().send(new DeleteObjectCommand({ Bucket: name.bucket, Key: name.key }));
  } catch (error) {
    throw objectStoreError(error);
  }
}

/** The whole name is the prefix: some stores list by no other. */
async function abortUploads({ bucket, key }: ObjectName): Promise<void> {
  for (let round = 0; round < abortRounds; round += 1) {
    const { Uploads = [] } = await objectClient().send(
      new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: key }),
    );
    const own = Uploads.filter((upload) => upload.Key === key);
    if (own.length === 0) return;
    for (const { UploadId } of own) {
      await objectClient().send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId }));
    }
  }
  throw new AppError(
    'unreachable',
    `The object store keeps parts of ${key} although their upload was aborted.`,
  );
}

/** Throws AppError `unreachable` where the bucket does not answer within `ms` milliseconds. */
export async function requireBucket(bucket: string, ms: number): Promise<void> {
  const signal = AbortSignal.timeout(ms);
  try {
    await objectClient().send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: signal });
  } catch (error) {
    throw objectStoreError(error);
  }
}
