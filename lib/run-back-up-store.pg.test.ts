import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findClientTools, programOf } from './postgres/client-tools';
import { backUpStore } from './run-back-up-store';
import { type Fixture, openFixture, useDataFolder } from './testing/fixture';

let fixture: Fixture;
let data: Awaited<ReturnType<typeof useDataFolder>>;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('');
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

test('the store goes into a new file for its owner alone, and never over one that is there', async () => {
  const file = path.join(data.folder, 'store.dump');
  const { bytes } = await backUpStore(file);
  expect(await stat(file)).toMatchObject({ size: bytes });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const [tools] = await findClientTools();
  if (tools === undefined) throw new Error('this machine has no client tools');
  const contents = execFileSync(programOf(tools, 'pg_restore'), ['--list', file], { encoding: 'utf8' });
  for (const table of ['users', 'servers', 'query_history', 'audit_log', 'kysely_migration'])
    expect(contents).toMatch(new RegExp(`TABLE DATA public ${table}(_\\w+)? `));
  const before = await readFile(file);
  await expect(backUpStore(file)).rejects.toMatchObject({ code: 'conflict' });
  expect(await readFile(file)).toEqual(before);
});

test('where it fails nothing is left', async () => {
  await expect(backUpStore(path.join(data.folder, 'nowhere', 'x.dump'))).rejects.toThrow();
  expect((await readdir(data.folder)).filter((name) => name.includes('x.dump'))).toEqual([]);
});
