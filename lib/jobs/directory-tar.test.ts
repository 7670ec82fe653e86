import { mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packTar, type TarHeader } from 'modern-tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packDirectory, unpackDirectory } from './directory-tar';

let folder: string;
let source: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-unpack-'));
  source = await mkdtemp(path.join(tmpdir(), 'howdah-pack-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await rm(source, { recursive: true });
});

async function* once(bytes: Uint8Array): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += 700) yield Buffer.from(bytes.subarray(at, at + 700));
}

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const all = { isListing: false };

test('a dump comes back file by file; its contents alone where only they are asked for', async () => {
  const large = Buffer.alloc(300_000, 'x');
  await writeFile(path.join(source, '1.dat.gz'), large);
  await writeFile(path.join(source, 'toc.dat'), 'contents');
  await writeFile(path.join(source, 'empty.dat'), '');
  const tar = await bytesOf((await packDirectory(source)).chunks);
  await unpackDirectory(once(tar), folder, { isListing: true });
  expect(await readdir(folder)).toEqual(['toc.dat']);
  await rm(path.join(folder, 'toc.dat'));
  await unpackDirectory(once(tar), folder, all);
  expect((await readdir(folder)).sort()).toEqual(['1.dat.gz', 'empty.dat', 'toc.dat']);
  expect((await readFile(path.join(folder, '1.dat.gz'))).equals(large)).toBe(true);
});

test('a file larger than the eight gigabytes of old tars keeps its size', async () => {
  const size = 9 * 1024 ** 3;
  await writeFile(path.join(source, 'toc.dat'), '');
  await truncate(path.join(source, 'toc.dat'), size);
  const { bytes, chunks } = await packDirectory(source);
  expect(bytes).toBe(size);
  for await (const chunk of chunks) {
    expect(chunk.toString('latin1', 0, 2048)).toContain(`size=${size}`);
    break;
  }
});

const toc = { header: { name: 'toc.dat', size: 1 }, body: 'x' };

describe('S40: a tar is refused that holds', () => {
  test.each<TarHeader>([
    { name: '../escaped', size: 1 },
    { name: '/tmp/howdah-escaped', size: 1 },
    { name: 'a/b', size: 1 },
    { name: '..', size: 1 },
    { name: 'a\\b', size: 1 },
    { name: 'link', size: 0, type: 'symlink', linkname: '/etc/passwd' },
    { name: 'hard', size: 0, type: 'link', linkname: '/etc/passwd' },
    { name: 'folder/', size: 0, type: 'directory' },
    { name: 'pipe', size: 0, type: 'fifo' },
    { name: 'device', size: 0, type: 'block-device' },
    { name: 'toc.dat', size: 1 },
  ])('$name ($type)', async (header) => {
    const tar = await packTar([toc, { header, ...(header.size === 0 ? {} : { body: 'y' }) }]);
    await expect(unpackDirectory(once(tar), folder, all)).rejects.toMatchObject({ code: 'conflict' });
    expect(await readdir(folder)).toEqual(['toc.dat']);
    expect((await readFile(path.join(folder, 'toc.dat'))).toString()).toBe('x');
  });

  test('a file where a link lies already: it is not followed', async () => {
    await symlink(path.join(source, 'outside'), path.join(folder, 'toc.dat'));
    await expect(unpackDirectory(once(await packTar([toc])), folder, all)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await readdir(source)).toEqual([]);
  });

  test.each([0, 100, 700, 1400])('only its first %i bytes', async (length) => {
    const tar = await packTar([toc, { header: { name: '1.dat', size: 900 }, body: 'z'.repeat(900) }]);
    const cut = unpackDirectory(once(tar.subarray(0, length)), folder, all);
    await expect(cut).rejects.toMatchObject({ code: 'conflict' });
  });

  test('no table of contents', async () => {
    const tar = await packTar([{ header: { name: '1.dat', size: 1 }, body: 'z' }]);
    await expect(unpackDirectory(once(tar), folder, all)).rejects.toMatchObject({ code: 'conflict' });
  });
});
