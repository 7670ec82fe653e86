import { expect, test } from 'vitest';
import { singleton } from '../singleton';
import { faultOf, noSeal, type Seal, seal } from './seal';

const first = 'a'.repeat(32);
const second = 'b'.repeat(32);

/** Makes `env()` answer these secrets from now on. */
function useSecrets(secret: string, old?: string): void {
  const env = singleton<Record<string, unknown>>('env', () => ({}));
  Object.assign(env, { HOWDAH_SECRET: secret, HOWDAH_OLD_SECRET: old });
}

function next(before: Seal | null): Seal {
  const moment = '2026-01-31 12:00:00+00';
  const ids = [`01980000-0000-7000-8000-00000000000${before?.height ?? 0}`];
  const place = {
    height: (before?.height ?? 0) + 1,
    log: 'audit_log',
    previous: before?.hash ?? noSeal,
  } as const;
  return seal({ ...place, ids, digests: Buffer.alloc(32, 7), scannedTo: moment, sealedAt: moment }, before);
}

test('S50: seals of a secret that was changed are still good, where the old one vouched for the new', () => {
  useSecrets(first);
  const one = next(null);
  const two = next(one);
  useSecrets(second, first);
  const three = next(two);
  useSecrets(second);
  const four = next(three);
  expect([faultOf(one, null), faultOf(two, one), faultOf(three, two), faultOf(four, three)]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(faultOf({ ...three, endorsement: null }, two)).toContain('does not vouch for');
  expect(faultOf({ ...three, endorsement: four.signature }, two)).toContain('does not vouch for');
});

test('S50: nobody goes on with a chain whose secret they do not have', () => {
  useSecrets(first);
  const one = next(null);
  useSecrets(second);
  expect(() => next(one)).toThrow('HOWDAH_OLD_SECRET');
  const forged = next(null);
  const spliced = { ...forged, height: 2, previous: one.hash };
  expect(faultOf(spliced, one)).toBe('it was changed');
});

test('S50: a seal is the seal of its own content, place and key', () => {
  useSecrets(first);
  const one = next(null);
  const two = next(one);
  expect(faultOf(two, null)).toContain('before it is missing');
  expect(faultOf({ ...two, previous: noSeal }, one)).toContain('does not follow');
  for (const change of [
    { ids: [] },
    { digests: Buffer.alloc(32) },
    { sealedAt: 'later' },
    { log: 'genesis' } as const,
  ]) {
    expect(faultOf({ ...two, ...change }, one)).toBe('it was changed');
  }
  useSecrets(second);
  const stranger = next(null);
  expect(faultOf({ ...two, signature: stranger.signature }, one)).toBe('its signature is false');
});
