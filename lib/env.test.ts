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

test('an object store is described wholly or not at all', () => {
  const key = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  expect(parseEnv(key).objectStore).toBeNull();
  expect(() => parseEnv({ HOWDAH_S3_BUCKET: 'b', AWS_ACCESS_KEY_ID: 'id' })).toThrow(/not fully described/);
  expect(() => parseEnv({ HOWDAH_BACKUP_TO: 's3' })).toThrow(/no object store is described/);
  expect(() => parseEnv({ HOWDAH_S3_ENDPOINT: 'file:///etc' })).toThrow(/HOWDAH_S3_ENDPOINT/);
  const bucket = { ...key, HOWDAH_S3_BUCKET: 'b' };
  expect(parseEnv(bucket).objectStore).toMatchObject({ endpoint: null, hasPathStyle: false, prefix: '' });
  const own = { ...bucket, HOWDAH_S3_ENDPOINT: 'http://127.0.0.1:9000', HOWDAH_S3_PREFIX: '/a/b/' };
  expect(parseEnv(own).objectStore).toMatchObject({
    hasPathStyle: true,
    prefix: 'a/b/',
    region: 'us-east-1',
  });
});
