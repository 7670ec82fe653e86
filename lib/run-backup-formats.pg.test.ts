import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestVerify } from './run-prove';
import { findBackup } from './store/backups';
import { beginBackup, takeBackup, verifyBackup, type Wanted } from './testing/backups';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary, workOff } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
const odd = ['a*', 'a|b', 'Q"uote', 'x.y', 'ab', '$1', '--file=x'];

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create table t (id int primary key, v text);
    insert into t select g, 'value ' || g from generate_series(1, 1000) g;
    create role bk_globals login password 'bk-not-in-the-file';
    create function planted() returns int language sql as 'select 1';
    comment on function planted() is e'one\\n\\\\! touch /tmp/howdah-planted\\n';
    ${odd.map((name) => `create table "${name.replaceAll('"', '""')}" (id int);`).join('\n')}`);
});
afterAll(async () => {
  await fixture.onTarget.query('drop role bk_globals');
  await fixture.close();
  await data.remove();
});

async function take(wanted: Wanted): Promise<{ id: string; bytes: Buffer }> {
  const id = await takeBackup(fixture, wanted);
  return { id, bytes: await readFile(path.join(data.folder, 'backups', `${id}.dump`)) };
}

const tablesIn = (script: string) =>
  [...script.matchAll(/^CREATE TABLE public\.(.*) \($/gm)].map(([, name]) => name);

describe('a plain backup', () => {
  test('is a script that psql takes under \\restrict', async () => {
    const text = (await take({ format: 'plain' })).bytes.toString();
    expect(text).toMatch(/^\\restrict \w+$/m);
    expect(text).toMatch(/^\\unrestrict \w+$/m);
    expect(text).toContain('1000\tvalue 1000\n');
  });

  test('S42: what is planted in a name or a comment is no command: the script begins with \\restrict', async () => {
    const text = (await take({ format: 'plain' })).bytes.toString();
    const key = /^\\restrict (\w+)$/m.exec(text)?.[1];
    expect(text.indexOf(`\\restrict ${key}`)).toBeLessThan(text.indexOf('touch /tmp/howdah-planted'));
    expect(text.indexOf(`\\unrestrict ${key}`)).toBeGreaterThan(text.indexOf('touch /tmp/howdah-planted'));
  });

  test('compressed with gzip is the same script, smaller', async () => {
    const { bytes } = await take({ format: 'plain', compress: 'gzip' });
    const script = zlib.gunzipSync(bytes).toString();
    expect(script).toContain('1000\tvalue 1000\n');
    expect(bytes.length).toBeLessThan(script.length / 2);
  });
});

describe('only', () => {
  test('the definitions: no rows, and proven by its objects', async () => {
    const { id, bytes } = await take({ contents: 'schema' });
    expect(bytes.includes('TABLE DATA')).toBe(false);
    expect(summary(await verifyBackup(id))).toBe('succeeded');
    expect((await findBackup(await actorOf('admin'), id)).proof).toMatchObject({ tables: 0, rows: 0 });
  });

  test('the rows: no definitions, and nothing that could be proven alone', async () => {
    const { id, bytes } = await take({ format: 'plain', contents: 'data' });
    expect(bytes.toString()).not.toMatch(/^CREATE /m);
    await expect(requestVerify(await actorOf('admin'), id, undefined)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('roles and globals: the roles, without a password or its hash', async () => {
    const text = (await take({ format: 'plain', contents: 'globals' })).bytes.toString();
    expect(text).toMatch(/^CREATE ROLE bk_globals;$/m);
    expect(text).not.toMatch(/SCRAM-SHA-256|md5[0-9a-f]{32}|bk-not-in-the-file|PASSWORD/);
  });

  test.each(odd)('S39: the table named %j is backed up, and no other', async (name) => {
    const relations = [{ schema: 'public', relation: name }];
    const text = (await take({ format: 'plain', contents: 'schema', relations })).bytes.toString();
    expect(tablesIn(text)).toEqual([/^[a-z]+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`]);
    expect(await readdir(path.join(data.folder, 'backups'))).not.toContain('x');
  });

  test('a chosen table is proven by its rows; one that is not there fails the backup', async () => {
    const { id } = await take({ relations: [{ schema: 'public', relation: 't' }] });
    expect(summary(await verifyBackup(id))).toBe('succeeded');
    expect((await findBackup(await actorOf('admin'), id)).proof).toMatchObject({ tables: 1, rows: 1000 });
    const begun = await beginBackup(fixture, { relations: [{ schema: 'public', relation: 'nowhere' }] });
    expect(summary(await workOff(begun.job_id))).toMatch(/^failed: .*no matching tables/);
  });
});
