import 'server-only';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { env } from '../env';
import { AppError } from '../errors';

/** Whom backups are encrypted to: age's recipients, of the environment. */
export function backupRecipients(): string[] {
  return listOf(env().HOWDAH_BACKUP_RECIPIENTS);
}

/** The chunks encrypted with age to all recipients, as they are read. Throws AppError `invalid` for one that is none. */
export async function* encrypted(
  chunks: AsyncIterable<Buffer>,
  recipients: readonly string[],
): AsyncGenerator<Buffer, void> {
  const encrypter = new Encrypter();
  for (const recipient of recipients)
    addTo(() => encrypter.addRecipient(recipient), 'HOWDAH_BACKUP_RECIPIENTS');
  yield* buffersOf(await encrypter.encrypt(webStream(chunks)));
}

/**
 * The chunks as they were before age encrypted them, each checked before it is given out. Throws AppError `forbidden`
 * where no key of HOWDAH_BACKUP_IDENTITIES opens them, `conflict` where they were changed or cut.
 */
export async function* decrypted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const identities = listOf(env().HOWDAH_BACKUP_IDENTITIES);
  if (identities.length === 0) throw noKey();
  const decrypter = new Decrypter();
  for (const identity of identities) addTo(() => decrypter.addIdentity(identity), 'HOWDAH_BACKUP_IDENTITIES');
  try {
    yield* buffersOf(await decrypter.decrypt(webStream(chunks)));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { message } = cause as Error;
    if (message.startsWith('no identity matched')) throw noKey(cause);
    throw new AppError('conflict', `The backup can't be decrypted: ${message}.`, { cause });
  }
}

function noKey(cause?: unknown): AppError {
  return new AppError('forbidden', 'This backup is encrypted, and Howdah holds no key that opens it.', {
    hint: 'Set HOWDAH_BACKUP_IDENTITIES, or download it and use age -d with the key.',
    cause,
  });
}

/** What age says of a key may quote it. */
function addTo(add: () => void, variable: string): void {
  try {
    add();
  } catch {
    throw new AppError('invalid', `${variable} holds something that is no key of age.`, {
      hint: 'Make one with age-keygen.',
    });
  }
}

function listOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

function webStream(chunks: AsyncIterable<Buffer>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(chunks, { objectMode: false })) as ReadableStream<Uint8Array>;
}

async function* buffersOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Buffer, void> {
  for await (const chunk of Readable.fromWeb(stream as WebStream)) yield chunk as Buffer;
}
