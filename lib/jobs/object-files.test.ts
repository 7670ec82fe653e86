import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, s3Key, startS3Server } from '@/scripts/s3-server';
import { env } from '../env';
import { setEnvironment } from '../testing/environment';
import { objectClient } from './object-client';
import { findObject, readObject, removeObject, requireBucket } from './object-files';
import { partSizeFor, putObject } from './object-upload';

const bucket = 'unit';
const mebibyte = 1024 * 1024;
const never = new AbortController().signal;
const encryptions: unknown[] = [];
let folder: string;
let server: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-s3-'));
  const onRequest = ({ headers }: { headers: Record<string, unknown> }) =>
    void encryptions.push(headers['x-amz-server-side-encryption']);
  server = await startS3Server(folder, bucket, { onRequest });
  setEnvironment({ HOWDAH_S3_BUCKET: bucket, HOWDAH_S3_ENDPOINT: server.endpoint, ...s3Key });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, maxRetries: 10 });
});

/** Chunks of random bytes, `size` in all; then `end` is called. */
async function* chunksOf(bytes: Buffer, end: () => void = () => undefined): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += 1_000_003) yield bytes.subarray(at, at + 1_000_003);
  end();
}

const upload = (key: string, signal = never) => ({ key, expectedBytes: 0, signal, onBytes: () => undefined });

async function read(key: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readObject({ bucket, key })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('an object', () => {
  test.each([0, 3, 8 * mebibyte, 20 * mebibyte])(
    'of %i bytes is stored whole, with its SHA-256',
    async (size) => {
      const bytes = randomBytes(size);
      const written = await putObject(chunksOf(bytes), upload(`of/${size}`));
      expect(written).toEqual({ size_bytes: size, sha256: createHash('sha256').update(bytes).digest('hex') });
      expect((await read(`of/${size}`)).equals(bytes)).toBe(true);
      expect(await server.uploads()).toEqual([]);
    },
  );

  test('is not there before it is whole, nor when its source fails; the reason is the source’s', async () => {
    const seen: (number | null)[] = [];
    async function* failing(): AsyncGenerator<Buffer, void> {
      yield* chunksOf(randomBytes(20 * mebibyte));
      seen.push(await findObject({ bucket, key: 'failing' }));
      throw new Error('pg_dump has failed');
    }
    await expect(putObject(failing(), upload('failing'))).rejects.toThrow('pg_dump has failed');
    expect(seen).toEqual([null]);
    expect(await findObject({ bucket, key: 'failing' })).toBeNull();
    expect(await server.uploads()).toEqual([]);
  });

  test('that is cancelled in the middle is removed with its parts', async () => {
    const controller = new AbortController();
    const chunks = chunksOf(randomBytes(40 * mebibyte), () => controller.abort('cancelled'));
    await expect(putObject(chunks, upload('cancelled', controller.signal))).rejects.toBe('cancelled');
    await removeObject({ bucket, key: 'cancelled' });
    expect(await findObject({ bucket, key: 'cancelled' })).toBeNull();
    expect(await server.uploads()).toEqual([]);
  });

  test('S53: what somebody who died has uploaded towards it is removed, and what towards others is not', async () => {
    const begin = async (Key: string) => {
      const { UploadId } = await objectClient().send(
        new CreateMultipartUploadCommand({ Bucket: bucket, Key }),
      );
      const part = { Bucket: bucket, Key, UploadId, PartNumber: 1, Body: randomBytes(1000) };
      await objectClient().send(new UploadPartCommand(part));
      return UploadId;
    };
    await begin('dead');
    await begin('dead');
    const UploadId = await begin('dead-not');
    await removeObject({ bucket, key: 'dead' });
    expect(await server.uploads()).toEqual([{ key: 'dead-not', parts: 1 }]);
    await objectClient().send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: 'dead-not', UploadId }));
  });

  test('is read on after a broken connection', async () => {
    const bytes = randomBytes(20 * mebibyte);
    await putObject(chunksOf(bytes), upload('broken'));
    const chunks: Buffer[] = [];
    for await (const chunk of readObject({ bucket, key: 'broken' })) {
      if (chunks.length === 3) server.breakConnections();
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  test('that is gone is not found, and may be removed again', async () => {
    expect(await findObject({ bucket, key: 'nothing' })).toBeNull();
    await expect(read('nothing')).rejects.toMatchObject({ code: 'not_found' });
    await removeObject({ bucket, key: 'nothing' });
  });

  test('is encrypted by the store as the environment says', async () => {
    const { objectStore } = env();
    if (objectStore === null) throw new Error('no object store');
    encryptions.length = 0;
    await putObject(chunksOf(randomBytes(9 * mebibyte)), upload('plain'));
    expect(encryptions.every((name) => name === undefined)).toBe(true);
    objectStore.encryption = { algorithm: 'AES256', key: null };
    await putObject(chunksOf(randomBytes(9 * mebibyte)), upload('encrypted'));
    objectStore.encryption = null;
    expect(encryptions).toContain('AES256');
  });
});

describe('a store', () => {
  test('without the bucket says so', async () => {
    await expect(requireBucket('nowhere', 2_000)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('that refuses the key, or is away, is told without the key and its secret', async () => {
    const real = objectClient().config;
    const credentials = real.credentials;
    real.credentials = async () => ({ accessKeyId: 'S3RVER', secretAccessKey: 'wrong-and-secret' });
    const refused = await requireBucketError();
    real.credentials = credentials;
    expect(refused).toMatchObject({
      code: 'unreachable',
      hint: expect.stringContaining('AWS_SECRET_ACCESS_KEY'),
    });
    await server.stop();
    const away = await requireBucketError();
    expect(away).toMatchObject({ code: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
    server = await startS3Server(folder, bucket, { port: Number(new URL(server.endpoint).port) });
    for (const error of [refused, away]) {
      expect(inspect(error, { depth: 9 })).not.toMatch(/wrong-and-secret|S3RVER|Signature=/);
    }
  });
});

async function requireBucketError(): Promise<unknown> {
  return putObject(chunksOf(randomBytes(10)), upload('refused')).catch((error: unknown) => error);
}

test('a part is small for a small database and large enough for 5 TB in 10,000', () => {
  expect(partSizeFor(0)).toBe(8 * mebibyte);
  expect(partSizeFor(1e12) * 10_000).toBeGreaterThan(2e12);
  expect(partSizeFor(5e12)).toBeLessThanOrEqual(5 * 1024 * mebibyte);
  expect(partSizeFor(5e12) * 10_000).toBeGreaterThan(5e12);
});
