import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits that fits into a cookie, a header and an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the store keeps of a token. It needs no salt: what has 256 random bits can't be guessed from its hash. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
