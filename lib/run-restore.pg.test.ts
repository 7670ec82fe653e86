import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { requestBackup } from './run-backup';
import { requestRestore } from './run-restore';
import { findBackup } from './store/backups';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { summary, wholeDatabase, workOff } from './testing/jobs';

const roles = ['bk_owner', 'bk reader', 'bk_gone'];
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
const made: string[] = [];

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(sourceSql);
});
afterAll(async () => {
  await onServer(async (client) => {
    for (const name of made)
      await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  });
  await fixture.onTarget.query(`drop owned by bk_owner, "bk reader" cascade`).catch(() => undefined);
  await fixture.close();
  await onServer(async (client) => {
    for (const role of roles) await client.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  });
  await data.remove();
});

const sourceSql = `
  create role bk_owner; create role "bk reader"; create role bk_gone;
  create schema "odd schema" authorization bk_owner;
  create table plain (id int primary key, body text, price numeric(12, 4), at timestamptz, raw bytea, tags text[]);
  insert into plain select g, repeat(md5(g::text), 3), g / 7.0, now() - g * interval '1 min',
    decode(md5(g::text), 'hex'), array[g::text, null, ''] from generate_series(1, 5000) g;
  create index on plain (price);
  create table "odd schema"."we""ird
name" (id int generated always as identity, t text);
  insert into "odd schema"."we""ird
name" (t) values (e'a\\nb'), (null), ('');
  alter table "odd schema"."we""ird
name" owner to bk_owner;
  create view cheap as select id from plain where price < 10;
  create materialized view totals as select count(*) as n from plain;
  create function count_plain() returns bigint language sql stable as 'select count(*) from public.plain';
  create table secrets (id int); alter table secrets owner to bk_owner;
  create materialized view by_owner as select 1 as one; alter materialized view by_owner owner to bk_owner;
  grant select on plain to "bk reader" with grant option;
  set session authorization "bk reader"; grant select on plain to bk_gone; reset session authorization;
  grant insert on plain to bk_gone;
  alter default privileges for role bk_owner in schema "odd schema" grant select on tables to "bk reader";
  create sequence counter start 41; select nextval('counter');
  select lo_create(4711);`;

async function onServer<T>(work: (client: pg.Client) => Promise<T>, database = 'postgres'): Promise<T> {
  const client = new pg.Client({ connectionString: testServer(database) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every table's and materialized view's rows as a count and an md5, by name. */
async function fingerprints(database: string): Promise<Record<string, string>> {
  return onServer(async (client) => {
    const { rows } = await client.query(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
    );
    const seen: Record<string, string> = {};
    for (const { name } of rows) {
      const sums = await client.query(
        `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by t::text)), '') as sum from ${name} t`,
      );
      seen[name] = sums.rows[0].sum;
    }
    return seen;
  }, database);
}

async function backUp(database = fixture.target.name): Promise<string> {
  const { id, job_id } = await requestBackup(
    await actorOf('admin'),
    { server: 'demo', database: database },
    wholeDatabase,
  );
  const job = await workOff(job_id);
  expect(summary(job)).toBe('succeeded');
  return id;
}

async function restore(id: string, name: string) {
  made.push(name);
  const { job_id } = await requestRestore(await actorOf('admin'), id, { database: name });
  return workOff(job_id);
}

test('a backup restores into a new database with the same rows, owners and privileges', async () => {
  const id = await backUp();
  const job = await restore(id, 'bk "re" stored');
  expect(summary(job)).toBe('succeeded');
  expect(job.progress).toBe(1);
  expect(job.result).toEqual({ missing_roles: [], problems: [] });
  const before = await fingerprints(fixture.target.name);
  expect(Object.keys(before)).toHaveLength(5);
  expect(await fingerprints('bk "re" stored')).toEqual(before);
  const facts = `select
    (select string_agg(c.relname || '=' || pg_get_userbyid(c.relowner) || ' ' || coalesce(c.relacl::text, '-'), E'\\n' order by c.relname)
      from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'S')) as relations,
    (select last_value from counter) as counter,
    (select string_agg(defaclacl::text, ',') from pg_default_acl) as defaults,
    (select string_agg(lomowner::text, ',') from pg_largeobject_metadata where oid = 4711) is not null as blob,
    (select pg_encoding_to_char(encoding) || datcollate || datctype from pg_database where datname = current_database()) as locale`;
  const [source, copy] = await Promise.all(
    [fixture.target.name, 'bk "re" stored'].map((name) => onServer((client) => client.query(facts), name)),
  );
  expect(copy?.rows).toEqual(source?.rows);
});

test('the read level sees the restored database', async () => {
  const grants = await onServer(
    (client) =>
      client.query(
        `select has_database_privilege('howdah_read', current_database(), 'CONNECT') as connects,
          has_table_privilege('howdah_read', 'public.plain', 'SELECT') as reads,
          has_table_privilege('howdah_read', 'public.plain', 'INSERT') as writes,
          has_table_privilege('howdah_write', 'public.plain', 'INSERT') as write_writes`,
      ),
    'bk "re" stored',
  );
  expect(grants.rows[0]).toEqual({ connects: true, reads: true, writes: false, write_writes: true });
});

test('what is left beside it: no other database, and no session', async () => {
  const count = (sql: string) =>
    onServer(async (client) => (await client.query(`select count(*)::int as n from ${sql}`)).rows[0].n);
  expect(await count("pg_database where datname like 'howdah_restore%'")).toBe(0);
  const sessions = "pg_stat_activity where application_name like 'howdah:%'";
  await until('no session is left', async () => (await count(sessions)) === 0);
});

test('a role that is gone costs only its privileges, and an owner that is gone its ownership', async () => {
  const id = await backUp();
  await onServer((client) => client.query('drop database "bk ""re"" stored" with (force)'));
  await fixture.onTarget.query(`revoke all on plain from bk_gone, "bk reader" cascade; drop role bk_gone`);
  await fixture.onTarget.query('alter role bk_owner rename to bk_renamed');
  try {
    const job = await restore(id, 'bk_without');
    expect(summary(job)).toBe('succeeded');
    expect(job.result).toEqual({ missing_roles: ['bk_gone', 'bk_owner'], problems: [] });
    expect(await fingerprints('bk_without')).toEqual(await fingerprints(fixture.target.name));
    const { rows } = await onServer(
      (client) =>
        client.query(
          `select pg_get_userbyid(relowner) as owner, has_table_privilege('bk reader', 'plain', 'SELECT') as reads
            from pg_class where relname = 'secrets'`,
        ),
      'bk_without',
    );
    expect(rows[0]).toEqual({ owner: 'postgres', reads: true });
  } finally {
    await fixture.onTarget.query('alter role bk_renamed rename to bk_owner');
  }
});

describe('a restore is refused', () => {
  test('into a database that is there', async () => {
    const id = await backUp();
    await expect(
      requestRestore(await actorOf('admin'), id, { database: fixture.target.name }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/is there already/),
    });
  });

  test.each([
    ['', /is empty/],
    ['x'.repeat(64), /63 bytes/],
    ['a\0b', /NUL/],
    ['\ud800', /lone surrogate/],
  ])('under the name %j', async (name, message) => {
    const admin = await actorOf('admin');
    await expect(requestRestore(admin, crypto.randomUUID(), { database: name })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    });
  });

  test.each(['reviewer', 'developer'] as const)('to a %s below the owner level', async (role) => {
    const id = await backUp();
    await expect(requestRestore(await actorOf(role), id, { database: 'bk_never' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      requestBackup(await actorOf(role), { server: 'demo', database: fixture.target.name }, wholeDatabase),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

test('S68: of many restores asked for at once, one is begun', async () => {
  const id = await backUp();
  const admin = await actorOf('admin');
  made.push('bk_once');
  const wishes = Array.from({ length: 5 }, () => requestRestore(admin, id, { database: 'bk_once' }));
  const settled = await Promise.allSettled(wishes);
  const begun = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.job_id] : []));
  expect(begun).toHaveLength(1);
  for (const each of settled) {
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'conflict' });
  }
  expect(summary(await workOff(begun[0] ?? ''))).toBe('succeeded');
  await expect(requestRestore(admin, id, { database: 'bk_once' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

describe('a restore fails, says why, and leaves no database', () => {
  const exists = async (name: string) =>
    onServer(async (client) => {
      const found = await client.query(
        'select datname from pg_database where datname = $1 or datname like $2',
        [name, 'howdah_restore%'],
      );
      return found.rows;
    });

  test('of a file of which one bit changed', async () => {
    const id = await backUp();
    const file = path.join(data.folder, 'backups', `${id}.dump`);
    const bytes = await readFile(file);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const job = await restore(id, 'bk_flipped');
    expect(summary(job)).toMatch(
      /^failed: The file of this backup is not what was written: its SHA-256 differs/,
    );
    expect(await exists('bk_flipped')).toEqual([]);
  });

  test('S56: when one object fails', async () => {
    await fixture.onTarget.query(`create function f() returns int immutable language plpgsql as
      $$begin if current_database() like 'howdah_restore%' then raise 'not here'; end if; return 1; end$$;
      create table failing (a int default 1, check (f() = 1)); insert into failing values (1)`);
    const id = await backUp();
    await fixture.onTarget.query('drop table failing; drop function f()');
    const job = await restore(id, 'bk_failing');
    expect(summary(job)).toMatch(/^failed: pg_restore ended with code 1: .*not here/);
    expect(await exists('bk_failing')).toEqual([]);
  });
});

test('the archive on the disk is what the store says: bytes, SHA-256, mode 0600, nothing else there', async () => {
  const id = await backUp();
  const backup = await findBackup(await actorOf('reviewer'), id);
  const bytes = await readFile(path.join(data.folder, 'backups', `${id}.dump`));
  expect(bytes.subarray(0, 5).toString()).toBe('PGDMP');
  expect(backup).toMatchObject({
    status: 'succeeded',
    size_bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    verified_at: null,
    source: { encoding: 'UTF8', tables: 3 },
  });
});
