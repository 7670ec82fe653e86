import 'server-only';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { env } from '../env';
import { singleton } from '../singleton';

/** The logs that are sealed. */
export const sealedLogs = ['query_history', 'query_outcome', 'audit_log'] as const;
export type SealedLog = (typeof sealedLogs)[number];

/**
 * What Howdah writes beside a row's id to know it for its own: a MAC of 16 bytes over the log and the id, under a key
 * derived from HOWDAH_SECRET. Who has the store but not the secret can't make one, so that a row of theirs is never sealed.
 */
export function markOf(log: SealedLog, id: string, secret = env().HOWDAH_SECRET): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${log} ${id}`).digest().subarray(0, 16);
}

/** Whether a row bears the mark of this Howdah, or of the secret before (HOWDAH_OLD_SECRET). */
export function isMarked(log: SealedLog, id: string, mark: Buffer | null): boolean {
  if (mark?.length !== 16) return false;
  const { HOWDAH_SECRET, HOWDAH_OLD_SECRET } = env();
  const secrets = HOWDAH_OLD_SECRET === undefined ? [HOWDAH_SECRET] : [HOWDAH_SECRET, HOWDAH_OLD_SECRET];
  return secrets.some((secret) => timingSafeEqual(markOf(log, id, secret), mark));
}

function keyOf(secret: string): Buffer {
  const keys = singleton('store.mark-keys', () => new Map<string, Buffer>());
  const key = keys.get(secret) ?? Buffer.from(hkdfSync('sha256', secret, 'howdah', 'row marks', 32));
  keys.set(secret, key);
  return key;
}
