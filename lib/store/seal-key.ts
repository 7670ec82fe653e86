import 'server-only';
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { env } from '../env';
import { singleton } from '../singleton';

/**
 * The keys of the seals: Ed25519, the private one derived from HOWDAH_SECRET and kept nowhere, the public one in each
 * seal. A MAC would need the old secret for ever to check old seals; a signature needs the public key alone, which also
 * lets somebody without the secret check an exported head. When HOWDAH_SECRET changes, Howdah is started once with the
 * one before in HOWDAH_OLD_SECRET: the old key then endorses the first seal of the new one. From then on every old seal
 * can be checked without the old secret, and a key that nobody endorsed is a forger's.
 */
export type SealKey = { publicKey: Buffer; sign(data: Buffer): Buffer };

/** PKCS #8 and SPKI before the 32 bytes of an Ed25519 key. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The key that seals now. */
export function currentKey(): SealKey {
  return keyOf(env().HOWDAH_SECRET);
}

/** The key before a change of HOWDAH_SECRET; null where none is given. */
export function formerKey(): SealKey | null {
  const { HOWDAH_OLD_SECRET: secret } = env();
  return secret === undefined ? null : keyOf(secret);
}

/** Whether a signature over `data` is that of this public key. */
export function isSignedBy(publicKey: Buffer, data: Buffer, signature: Buffer): boolean {
  return publicKey.length === 32 && verify(null, data, publicKeyOf(publicKey), signature);
}

function keyOf(secret: string): SealKey {
  const keys = singleton('store.seal-keys', () => new Map<string, SealKey>());
  const key = keys.get(secret) ?? deriveKey(secret);
  keys.set(secret, key);
  return key;
}

function deriveKey(secret: string): SealKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'howdah', 'seals', 32));
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { publicKey: spki.subarray(publicPrefix.length), sign: (data) => sign(null, data, key) };
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
}
