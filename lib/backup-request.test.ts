import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { backupRequest } from './backup-request';
import { compressed, decompressed } from './jobs/compress';

const refusal = (wish: object) => backupRequest.safeParse(wish).error?.issues[0]?.message;
const hasZstd = 'createZstdCompress' in zlib;

test('a backup is the whole database as an archive where nothing else is asked for', () => {
  expect(backupRequest.parse({})).toEqual({
    format: 'custom',
    contents: 'all',
    compress: 'none',
    relations: null,
  });
});

test('only the directory format is taken by several jobs, and by at most sixteen', () => {
  expect(backupRequest.parse({ format: 'directory', jobs: 8 })).toMatchObject({ jobs: 8 });
  expect(refusal({ jobs: 2 })).toMatch(/only the format "directory"/);
  expect(refusal({ format: 'plain', jobs: 2 })).toMatch(/only the format "directory"/);
  expect(refusal({ format: 'directory', jobs: 17 })).toBeDefined();
  expect(refusal({ format: 'directory', contents: 'globals' })).toMatch(/written as a script/);
  expect(refusal({ format: 'directory', compress: 'gzip' })).toMatch(/compresses itself/);
});

test.runIf(!hasZstd)('where Node has no zstd, it is said what it needs', () => {
  expect(refusal({ format: 'plain', compress: 'zstd' })).toMatch(/Node 22\.15 or newer/);
});

test.runIf(hasZstd)('zstd comes back as it was', async () => {
  const bytes = Buffer.from('a line of a script\n'.repeat(100_000));
  async function* source(): AsyncGenerator<Buffer, void> {
    yield bytes;
  }
  const read: Buffer[] = [];
  for await (const chunk of decompressed(compressed(source(), 'zstd'), 'zstd')) read.push(chunk);
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
});
