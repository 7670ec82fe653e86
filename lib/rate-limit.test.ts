import { beforeEach, expect, test } from 'vitest';
import { limitAddress, limitUser } from './rate-limit';
import { singleton } from './singleton';

beforeEach(() => {
  Object.assign(
    singleton<object>('env', () => ({})),
    { HOWDAH_RATE_LIMIT: 10 },
  );
  singleton('rate-limit.buckets', () => new Map<string, unknown>()).clear();
});

const times = (count: number, ask: () => void) => {
  for (let each = 0; each < count; each += 1) ask();
};

test('one user who asks without end is told to wait, and no other is', () => {
  times(100, () => limitUser('a'));
  expect(() => times(100, () => limitUser('a'))).toThrow(
    expect.objectContaining({ code: 'limited', status: 429, retryAfter: 1 }),
  );
  expect(() => limitUser('b')).not.toThrow();
});

test('an address may ask for several users, but not for strangers without end', () => {
  times(150, () => limitAddress('192.0.2.1', 'anyone'));
  expect(() => limitAddress('192.0.2.1', 'stranger')).not.toThrow();
  expect(() => limitAddress('192.0.2.1', 'stranger')).toThrow(expect.objectContaining({ code: 'limited' }));
  expect(() => limitAddress('192.0.2.2', 'stranger')).not.toThrow();
});
