import { expect, test } from 'vitest';
import { backupFileName } from './backup-name';
import type { BackupEntry } from './job-types';

const backup = {
  server: 'demo',
  database: 'blog',
  created_at: '2026-01-31T12:00:00.000Z',
  format: 'custom',
  contents: 'all',
  compress: 'none',
  encrypt: false,
} as const;

const nameOf = (more: Partial<BackupEntry>, template = '{server}-{database}-{date}-{time}') =>
  backupFileName({ ...backup, ...more }, template);

test('a name says server, database, date and time, and its suffix the format', () => {
  expect(nameOf({})).toBe('demo-blog-20260131-120000.dump');
  expect(nameOf({ format: 'plain' })).toBe('demo-blog-20260131-120000.sql');
  expect(nameOf({ format: 'plain', compress: 'gzip' })).toBe('demo-blog-20260131-120000.sql.gz');
  expect(nameOf({ format: 'plain', compress: 'zstd' })).toBe('demo-blog-20260131-120000.sql.zst');
  expect(nameOf({ encrypt: true })).toBe('demo-blog-20260131-120000.dump.age');
  expect(nameOf({ contents: 'schema' }, '{date}_{contents}')).toBe('20260131_schema.dump');
});

test.each(['../../etc/passwd', 'a\nb', 'CON', '"; x="', '\u202Egnp', '🐘'.repeat(300), '{date}'])(
  'no part of a database named %j is a path, a device or a header',
  (database) => {
    expect(nameOf({ database })).toMatch(/^demo-[A-Za-z0-9_-]+-20260131-120000\.dump$/);
  },
);

test('a template can lead nowhere else', () => {
  expect(nameOf({}, '../{database}/x')).toMatch(/^[A-Za-z0-9_-]+\.dump$/);
});
