import 'server-only';
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '../env';
import { AppError } from '../errors';
import { singleton } from '../singleton';

const prefix = 'v1';

/**
 * Encrypts a credential for the store: AES-256-GCM under a key derived from HOWDAH_SECRET. `place` (server id
 * and level) is authenticated with it, so that a ciphertext copied to another row does not decrypt.
 * Shape: `v1.<key id>.<iv>.<ciphertext>.<tag>`, base64url.
 */
export function encryptSecret(plain: string, place: string, secret = env().HOWDAH_SECRET): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [
    prefix,
    keyIdOf(secret),
    ...[iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url')),
  ].join('.');
}

/** Whether a ciphertext is under this secret. */
export function isUnder(sealed: string, secret = env().HOWDAH_SECRET): boolean {
  return sealed.split('.')[1] === keyIdOf(secret);
}

/** The inverse of encryptSecret. Throws AppError `internal` for another key, another place or changed bytes. */
export function decryptSecret(sealed: string, place: string, secret = env().HOWDAH_SECRET): string {
  const [version, keyId, iv, text, tag] = sealed.split('.');
  if (version !== prefix || iv === undefined || text === undefined || tag === undefined) {
    throw new AppError('internal', 'A stored credential has an unknown form.');
  }
  if (keyId !== keyIdOf(secret)) {
    throw new AppError('internal', 'A stored credential was encrypted under another HOWDAH_SECRET.', {
      hint: 'Start Howdah with the secret that the store was made with.',
    });
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), Buffer.from(iv, 'base64url'));
    decipher.setAAD(Buffer.from(place)).setAuthTag(Buffer.from(tag, 'base64url'));
    return decipher.update(text, 'base64url', 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new AppError('internal', 'A stored credential was changed, or belongs to another place.', {
      cause,
    });
  }
}

function keyOf(secret: string): Buffer {
  const keys = singleton('store.secret-keys', () => new Map<string, Buffer>());
  const key = keys.get(secret) ?? Buffer.from(hkdfSync('sha256', secret, 'howdah', 'credentials', 32));
  keys.set(secret, key);
  return key;
}

/** Tells keys apart without telling anything about them. */
function keyIdOf(secret: string): string {
  return createHash('sha256').update('howdah key id').update(keyOf(secret)).digest('base64url').slice(0, 8);
}
