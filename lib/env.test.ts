import { expect, test } from 'vitest';
import { parseEnv } from './env';

const secret = 'x'.repeat(32);

test('a production start without a secret is refused', () => {
  expect(() => parseEnv({ NODE_ENV: 'production' })).toThrow(/HOWDAH_SECRET is not set/);
  expect(() => parseEnv({ NODE_ENV: 'production', HOWDAH_SECRET: 'short' })).toThrow(/HOWDAH_SECRET/);
  expect(parseEnv({ NODE_ENV: 'production', HOWDAH_SECRET: secret }).HOWDAH_SECRET).toBe(secret);
});

test('each wrong variable is named, an empty one counts as not set', () => {
  expect(() => parseEnv({ DATABASE_URL: 'mysql://x/y', HOWDAH_START: 'maybe' })).toThrow(
    /DATABASE_URL.*HOWDAH_START/s,
  );
  expect(parseEnv({ DATABASE_URL: '' }).DATABASE_URL).toBeUndefined();
});
