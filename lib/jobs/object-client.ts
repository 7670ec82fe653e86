import 'server-only';
import { S3Client } from '@aws-sdk/client-s3';
import { env } from '../env';
import { AppError } from '../errors';
import type { ObjectStoreSettings } from '../object-store';
import { singleton } from '../singleton';

/** How long a connection may take to open, and how long one may be silent, in milliseconds. */
const connectMs = 5_000;
const silentMs = 120_000;

/** How often a request is tried in all. */
const attempts = 4;

/** What the environment says about the object store. Throws AppError `unreachable` where it says nothing. */
export function objectStore(): ObjectStoreSettings {
  const { objectStore: settings } = env();
  if (settings !== null) return settings;
  throw new AppError('unreachable', 'This Howdah knows no object store.', {
    hint: 'Set HOWDAH_S3_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the same for every process.',
  });
}

/**
 * The client of the object store, one a process. Checksums of its own making are sent only where the protocol asks for
 * them: many stores know none, and the signature covers each request's SHA-256 anyway.
 */
export function objectClient(): S3Client {
  return singleton('object-client', () => {
    const { region, endpoint, hasPathStyle, accessKeyId, secretAccessKey, sessionToken } = objectStore();
    return new S3Client({
      region,
      ...(endpoint === null ? {} : { endpoint }),
      forcePathStyle: hasPathStyle,
      credentials: {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === null ? {} : { sessionToken }),
      },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: attempts,
      requestHandler: { connectionTimeout: connectMs, socketTimeout: silentMs },
    });
  });
}

/** `backups at s3.example.com`: the bucket and where it is. */
export function objectStoreName({ bucket, endpoint, region }: ObjectStoreSettings): string {
  return `${bucket} at ${endpoint === null ? `Amazon S3 (${region})` : new URL(endpoint).host}`;
}

const keyHint = 'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and what that key may do with the bucket.';
const hints: Record<string, string> = {
  NoSuchBucket: 'Make the bucket, or correct HOWDAH_S3_BUCKET.',
  PermanentRedirect: 'The bucket is in another region: correct HOWDAH_S3_REGION.',
  AuthorizationHeaderMalformed: 'The bucket is in another region: correct HOWDAH_S3_REGION.',
  RequestTimeTooSkewed: 'Set the clock of this machine.',
  AccessDenied: keyHint,
  InvalidAccessKeyId: keyHint,
  SignatureDoesNotMatch: keyHint,
};

/**
 * What the object store said against something, as AppError `unreachable`, which says nothing about a backup. The error
 * of the client is not kept as its cause: it quotes the key and the signed request.
 */
export function objectStoreError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name, code, status } = wordsOf(error);
  const where = objectStoreName(objectStore());
  if (status === null) {
    return new AppError('unreachable', `The object store ${where} can’t be reached: ${code ?? name}.`, {
      hint: 'Check HOWDAH_S3_ENDPOINT, and the network between.',
    });
  }
  return new AppError('unreachable', `The object store ${where} refused: ${name} (status ${status}).`, {
    hint: hints[name] ?? (status === 403 ? keyHint : 'Try again. Its own log may say more.'),
  });
}

/** Whether the store answered that there is no such object. */
export function isNoSuchObject(error: unknown): boolean {
  const { name } = wordsOf(error);
  return name === 'NoSuchKey' || name === 'NotFound';
}

type SdkError = { name?: unknown; code?: unknown; $metadata?: { httpStatusCode?: unknown } };

function wordsOf(error: unknown): { name: string; code: string | null; status: number | null } {
  const { name, code, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  return {
    name: typeof name === 'string' ? name : 'Error',
    code: typeof code === 'string' ? code : null,
    status: typeof status === 'number' ? status : null,
  };
}
