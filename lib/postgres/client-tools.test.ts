import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findClientTools, programOf } from './client-tools';
import { chooseTools } from './client-version';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A folder with tools that only say a version, and write `environment` of theirs into a file. */
async function fakeTools(version: string, names = ['pg_dump', 'pg_restore']): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'howdah-tools-'));
  folders.push(folder);
  for (const name of names) {
    const file = path.join(folder, name);
    await writeFile(
      file,
      `#!/bin/sh\n/usr/bin/env > "${folder}/environment"\necho "${name} (PostgreSQL) ${version}"\n`,
    );
    await chmod(file, 0o755);
  }
  return folder;
}

test('an old tool is found, and refused by its version', async () => {
  const folder = await fakeTools('15.3 (Debian 15.3-0+deb12u1)');
  const found = await findClientTools([folder]);
  expect(found).toEqual([{ major: 15, minor: 3, folder }]);
  expect(() => chooseTools(found, 15)).toThrow(/pg_dump 15\.3 in .* is older than 15\.18/);
});

test('of several the right one is chosen, by its whole path', async () => {
  const [old, right, newer] = await Promise.all(
    ['14.23', '15.18', '18.4'].map((version) => fakeTools(version)),
  );
  const chosen = chooseTools(await findClientTools([newer ?? '', old ?? '', right ?? '']), 15);
  expect(programOf(chosen, 'pg_restore')).toBe(path.join(right ?? '', 'pg_restore'));
});

test('a folder without both tools, or with something else of that name, is none', async () => {
  const half = await fakeTools('15.18', ['pg_dump']);
  const other = await fakeTools('not a version');
  expect(await findClientTools([half, other, '/nowhere', '/etc'])).toEqual([]);
});

test('this machine has one for the tests’ server', async () => {
  const tools = chooseTools(await findClientTools(), 15);
  expect(path.isAbsolute(tools.folder)).toBe(true);
});
