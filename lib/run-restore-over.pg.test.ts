import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { undoSwap } from './postgres/swap-database';
import { type RestoreWish, requestRestore } from './run-restore';
import { readBackupContents } from './run-restore-archive';
import { findBackup } from './store/backups';
import { askDatabase, restoreBackup, takeBackup, verifyBackup, type Wanted } from './testing/backups';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
const made = new Set<string>();

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create table plain (id int primary key, v text, raw bytea);
    insert into plain select g, case when g % 3 = 0 then null else e'a\\tb\\\\.\\n' || g end, decode(md5(g::text), 'hex')
      from generate_series(1, 20000) g;
    create table other (id int); insert into other values (1), (2);
    create function f() returns text language plpgsql as $$ begin return ';'; end; $$;
    comment on function f() is e'two\\n\\\\! lines';
    create view v as select id from plain where v is null`);
});
afterAll(async () => {
  for (const name of made)
    await onServer(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  await fixture.close();
  await data.remove();
});

const onServer = (sql: string, database = 'postgres') => askDatabase(database, sql);
const take = (wanted: Wanted = {}) => takeBackup(fixture, wanted);

async function restore(id: string, wish: RestoreWish) {
  made.add(wish.database);
  return restoreBackup(id, wish);
}

const sumOf = async (database: string) =>
  (
    await onServer(
      `select (select count(*) || ' ' || sum(hashtextextended((p.*)::text, 0)) from plain p) as plain,
        (select count(*)::int from other) as other, (select count(*)::int from v) as v, f()`,
      database,
    )
  ).rows[0];

describe('over a database that is there', () => {
  const name = 'bk_over "x"';

  test('the copy takes its place, its sessions end, and the old one is kept under a dated name', async () => {
    const id = await take();
    await onServer(`create database ${pg.escapeIdentifier(name)}`);
    await onServer(`revoke all on database ${pg.escapeIdentifier(name)} from public`);
    await onServer('create table old (id int)', name);
    made.add(name);
    const session = new pg.Client({ connectionString: testServer(name) });
    const ended = new Promise<string | undefined>((resolve) => {
      session.on('error', (error) => resolve((error as pg.DatabaseError).code));
    });
    await session.connect();
    expect(summary(await restore(id, { database: name, over: name }))).toBe('succeeded');
    expect(await ended).toBe('57P01');
    expect(await sumOf(name)).toEqual(await sumOf(fixture.target.name));
    const { rows } = await onServer(
      "select datname as name, datallowconn as opens from pg_database where datname like 'bk_over %before%'",
    );
    expect(rows).toEqual([{ name: expect.stringMatching(/^bk_over "x"_before_\d{8}_\d{6}$/), opens: true }]);
    made.add(rows[0].name);
    await onServer('select from old', rows[0].name);
    const open = await onServer(
      `select has_database_privilege('public', datname, 'connect') as opens from pg_database where datname = 'bk_over "x"'`,
    );
    expect(open.rows).toEqual([{ opens: false }]);
  });

  test.each([
    [{ database: 'bk_over "x"' }, 'conflict'],
    [{ database: 'bk_over "x"', over: 'bk_over' }, 'invalid'],
    [{ database: 'bk nowhere', over: 'bk nowhere' }, 'not_found'],
    [{ database: 'bk nowhere', over: '' }, 'invalid'],
  ])('%j is refused', async (wish, code) => {
    const id = await take();
    await expect(requestRestore(await actorOf('admin'), id, wish)).rejects.toMatchObject({ code });
  });

  test('the store is no database to restore over', async () => {
    const id = await take();
    const wish = { database: fixture.store.name, over: fixture.store.name };
    await expect(requestRestore(await actorOf('admin'), id, wish)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a restore that fails leaves the old one as it was', async () => {
    const id = await take();
    const file = path.join(data.folder, 'backups', `${id}.dump`);
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length >> 1));
    const half = await readFile(file);
    await fixture.onStore.query('update backups set sha256 = $2, size_bytes = $3 where id = $1', [
      id,
      createHash('sha256').update(half).digest('hex'),
      half.length,
    ]);
    const before = await sumOf(name);
    expect((await restore(id, { database: name, over: name })).status).toBe('failed');
    expect(await sumOf(name)).toEqual(before);
  });

  test('a swap that died between its renames is taken back', async () => {
    await onServer(`alter database ${pg.escapeIdentifier(name)} rename to bk_aside`);
    const client = new pg.Client({ connectionString: testServer() });
    await client.connect();
    await undoSwap(client, { to: name, kept: 'bk_aside' });
    await undoSwap(client, { to: name, kept: 'bk_aside' });
    await client.end();
    expect(await sumOf(name)).toEqual(await sumOf(fixture.target.name));
  });
});

describe('picked entries', () => {
  test('are restored, and nothing else', async () => {
    const id = await take();
    const entries = await readBackupContents(await actorOf('admin'), id);
    const picked = entries.filter(({ text }) => / public other /.test(text));
    expect(picked.length).toBeGreaterThan(1);
    const wish = { database: 'bk_picked', entries: picked.map(({ id: entry }) => entry) };
    expect(summary(await restore(id, wish))).toBe('succeeded');
    const { rows } = await onServer(
      "select relname from pg_class where relnamespace = 'public'::regnamespace",
      'bk_picked',
    );
    expect(rows).toEqual([{ relname: 'other' }]);
    expect((await onServer('select from other', 'bk_picked')).rowCount).toBe(2);
  });

  test('are listed for the owner level only', async () => {
    const id = await take();
    await expect(readBackupContents(await actorOf('developer'), id)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('S41: a script', () => {
  test.each(['none', 'gzip'] as const)('(%s) restores over the protocol, and is proven', async (compress) => {
    const id = await take({ format: 'plain', compress });
    expect(summary(await restore(id, { database: `bk_script_${compress}` }))).toBe('succeeded');
    expect(await sumOf(`bk_script_${compress}`)).toEqual(await sumOf(fixture.target.name));
    expect(summary(await verifyBackup(id))).toBe('succeeded');
    expect((await findBackup(await actorOf('admin'), id)).proof).toMatchObject({
      tables: 2,
      rows: 20002,
      sums: 2,
    });
  });

  const tampered: [string, (script: string) => string, RegExp][] = [
    [
      'a command of psql',
      (script) =>
        script.replace('SET statement_timeout', '\\! touch /tmp/howdah-pwned\nSET statement_timeout'),
      /command of psql/,
    ],
    ['no end', (script) => script.slice(0, script.length >> 1), /not whole|failed/],
    [
      'a failing statement',
      (script) => script.replace('CREATE TABLE public.other', 'CREATE TABLE nowhere.other'),
      /schema "nowhere" does not exist/,
    ],
    [
      'a row that does not fit',
      (script) => script.replace('\n1\n2\n\\.', '\n1\nx\n\\.'),
      /invalid input syntax/,
    ],
  ];
  test.each(tampered)('with %s fails whole and leaves no database', async (_, change, says) => {
    const id = await take({ format: 'plain' });
    const file = path.join(data.folder, 'backups', `${id}.dump`);
    const script = Buffer.from(change(await readFile(file, 'utf8')));
    await writeFile(file, script);
    await fixture.onStore.query('update backups set sha256 = $2, size_bytes = $3 where id = $1', [
      id,
      createHash('sha256').update(script).digest('hex'),
      script.length,
    ]);
    expect(summary(await restore(id, { database: 'bk_tampered' }))).toMatch(says);
    const left = await onServer("select from pg_database where datname ~ '^(bk_tampered|howdah_restore)'");
    expect(left.rowCount).toBe(0);
  });

  test('that is damaged where it is compressed fails, whatever its checksum says', async () => {
    const id = await take({ format: 'plain', compress: 'gzip' });
    const file = path.join(data.folder, 'backups', `${id}.dump`);
    const half = zlib.gzipSync(zlib.gunzipSync(await readFile(file)));
    const damaged = half.subarray(0, half.length - 200);
    await writeFile(file, damaged);
    await fixture.onStore.query('update backups set sha256 = $2, size_bytes = $3 where id = $1', [
      id,
      createHash('sha256').update(damaged).digest('hex'),
      damaged.length,
    ]);
    expect(summary(await verifyBackup(id))).toMatch(/^failed: The file can't be unpacked/);
    expect((await findBackup(await actorOf('admin'), id)).disproof).toMatch(/unpacked/);
  });
});
