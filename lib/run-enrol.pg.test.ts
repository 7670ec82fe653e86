import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import type { UserRole } from './api-types';
import { newLogin } from './postgres/provision';
import { provisionScript } from './postgres/provision-steps';
import { type Enrolled, enrolServer, type ServerAccess } from './run-enrol';
import { checkWall, refreshWall, writeGrantScript } from './run-wall';
import { quoteIdentifier } from './sql/literal';
import { grantAccess } from './store/servers';
import { findWall } from './store/walls';
import { actorOf, type Fixture, openFixture, requestOf, runAll } from './testing/fixture';
import type { Mask } from './wall-types';

let fixture: Fixture;
const owner = 'howdah_test_owner';
const masks: Mask[] = [{ schema: 'app', relation: 'people', column: 'password' }];

beforeAll(async () => {
  // Before PostgreSQL 15 everybody may make objects there, which is a gap of its own.
  fixture = await openFixture('revoke create on schema public from public');
});
afterAll(async () => {
  await dropRoles();
  await fixture.close();
});
beforeEach(async () => {
  await dropRoles();
});

/** Roles belong to the whole server: what they own and hold in this database goes first. */
async function dropRoles(): Promise<void> {
  const { rows } = await fixture.onTarget.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname ~ '^howdah_' order by rolname desc",
  );
  for (const { rolname } of rows) {
    const role = quoteIdentifier(rolname);
    for (const client of [fixture.onTarget, fixture.onStore])
      await client.query(`drop owned by ${role} cascade`);
    await onDatabases(`drop owned by ${role} cascade`);
    await fixture.onTarget.query(`drop role ${role}`);
  }
}

async function onDatabases(sql: string): Promise<void> {
  const { rows } = await fixture.onTarget.query<{ datname: string }>(
    'select datname from pg_database where datallowconn and not datistemplate',
  );
  for (const { datname } of rows) {
    const client = new pg.Client({ connectionString: testServer(datname) });
    await client.connect();
    await client.query(sql);
    await client.end();
  }
}

async function fill(ownerRole: string): Promise<void> {
  await fixture.onTarget.query(`
    create schema app authorization ${ownerRole};
    set role ${ownerRole};
    create table app.people (id int primary key, name text, password text);
    insert into app.people values (1, 'Ada', 'SECRET');
    create view app.hashes as select id, md5(password) as hash from app.people;
    reset role`);
}

async function enrol(access: ServerAccess, slug: string): Promise<Enrolled> {
  const choices = [{ database: fixture.target.name, schemas: ['app'], masks }];
  const enrolled = await enrolServer({ slug, name: slug, environment: 'production', choices, ...access });
  for (const [role, level] of [
    ['reviewer', 'read'],
    ['developer', 'write'],
    ['admin', 'owner'],
  ] as const) {
    await grantAccess((await actorOf(role)).userId, enrolled.id, level);
  }
  return enrolled;
}

function urlOf(user: string, password: string): string {
  const url = new URL(fixture.target.url);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** What a run answers: its rows, or the code of its refusal. */
async function ask(role: UserRole, server: string, sql: string, level: 'read' | 'write') {
  const confirm = `${server}/${fixture.target.name}`;
  const events = await runAll(role, requestOf(fixture, sql, { server, level, confirm }));
  const error = events.find((event) => event.type === 'error');
  if (error !== undefined) return error.error.sqlstate;
  return events.flatMap((event) => (event.type === 'rows' ? event.rows : []));
}

/** The read level does not exist on the server; why, an admin is told. */
async function expectClosed(server: string, reason: RegExp): Promise<void> {
  await expect(ask('admin', server, 'select 1', 'read')).rejects.toMatchObject({
    code: 'not_found',
    hint: expect.stringMatching(reason),
  });
  await expect(ask('reviewer', server, 'select 1', 'read')).rejects.toMatchObject({
    code: 'not_found',
    hint: "An admin sees why on the server's page.",
  });
}

async function expectWall(server: string): Promise<void> {
  expect(await ask('reviewer', server, 'select id, name from app.people', 'read')).toEqual([['1', 'Ada']]);
  expect(await ask('reviewer', server, 'select password from app.people', 'read')).toBe('42501');
  expect(await ask('developer', server, 'select * from app.people', 'write')).toBe('42501');
  expect(await ask('reviewer', server, 'select * from app.hashes', 'read')).toBe('42501');
  expect(await ask('developer', server, "update app.people set name = 'Ada' where id = 1", 'write')).toEqual(
    [],
  );
  expect(await ask('developer', server, 'alter table app.people add column x int', 'write')).toBe('42501');
  expect(await ask('developer', server, 'truncate app.people', 'write')).toBe('42501');
}

/** As psql would run a script that stays in this database. */
async function runAsDba(script: string): Promise<void> {
  const lines = script.split('\n').filter((line) => !line.startsWith('\\') && !line.startsWith('--'));
  await fixture.onTarget.query(lines.join('\n'));
}

const verdicts = ({ levels }: Enrolled) => levels.map(({ level, verdict }) => `${level} ${verdict}`);

describe('three ways in, each proven by the canary', () => {
  test('a superuser', async () => {
    await fill('postgres');
    const enrolled = await enrol({ url: fixture.target.url }, 'by-superuser');
    expect(enrolled.problems).toEqual([]);
    expect(verdicts(enrolled)).toEqual(['read enforced', 'write enforced']);
    await expectWall('by-superuser');
    const { steps } = await findWall(enrolled.id);
    expect(steps.every(({ status }) => status === 'done')).toBe(true);
    expect(steps.filter(({ is_required }) => is_required).map(({ title }) => title)).toEqual([
      'Make the login role howdah_read',
      'Set default_transaction_read_only = on on howdah_read',
      'Log in as howdah_read',
      'Make the login role howdah_write',
      'Set default_transaction_read_only = off on howdah_write',
      'Log in as howdah_write',
    ]);
  });

  test('an owner with CREATEROLE who is no superuser; again it renews', async () => {
    await fixture.onTarget.query(
      `create role ${owner} login createrole password 'pw'; grant create on database ${fixture.target.name} to ${owner}`,
    );
    await fixture.onTarget.query('drop schema if exists app cascade');
    await fill(owner);
    for (const _ of ['first', 'again']) {
      const enrolled = await enrol({ url: urlOf(owner, 'pw') }, 'by-owner');
      expect(enrolled.problems).toEqual([
        expect.stringMatching(
          /^Set temp_file_limit = 1GB on howdah_read: permission denied.* Only a superuser may set it/,
        ),
      ]);
      expect(verdicts(enrolled)).toEqual(['read enforced', 'write enforced']);
      await expectWall('by-owner');
    }
  });

  test('S31: a reader and a writer that a DBA made from the script, of names and a password that need quotes', async () => {
    await fixture.onTarget.query('drop schema if exists app cascade');
    await fill('postgres');
    const logins = {
      read: { user: `howdah_"r'; drop table app.people; --`, password: `p'w"\\'; $1 %40@:/?#` },
      write: { ...newLogin('write'), user: 'howdah_Writer' },
    };
    const choices = [{ database: fixture.target.name, schemas: ['app'], masks }];
    const script = provisionScript(logins, 5, choices);
    expect(script).not.toContain(logins.read.password);
    expect(script).toContain('SCRAM-SHA-256$');
    await runAsDba(script);
    const enrolled = await enrol(
      {
        readUrl: urlOf(logins.read.user, logins.read.password),
        writeUrl: urlOf(logins.write.user, logins.write.password),
      },
      'by-roles',
    );
    expect(verdicts(enrolled)).toEqual(['read gaps', 'write gaps']);
    expect(enrolled.levels[0]?.gaps.map(({ message }) => message)).toEqual([
      expect.stringMatching(/may select app\.hashes although it is masked/),
    ]);
    await runAsDba(await writeGrantScript(enrolled.id));
    expect((await refreshWall(enrolled.id)).levels.map(({ verdict }) => verdict)).toEqual([
      'enforced',
      'enforced',
    ]);
    await expectWall('by-roles');
    await expect(ask('developer', 'by-roles', 'select 1', 'read')).resolves.toEqual([['1']]);
    await fixture.onTarget.query('create table app.later (id int)');
    const { grants } = await refreshWall(enrolled.id);
    expect(grants[0]?.problems).toEqual([expect.stringMatching(/let a DBA run the script again/)]);
  });
});

describe('S26: a level that cannot be had does not exist, and says why', () => {
  test('where the owner may not make roles', async () => {
    await fixture.onTarget.query(`create role ${owner} login password 'pw'`);
    const enrolled = await enrol({ url: urlOf(owner, 'pw') }, 'no-roles');
    expect(verdicts(enrolled)).toEqual(['read absent', 'write absent']);
    expect(enrolled.levels[0]?.reason).toMatch(/permission denied.*CREATEROLE/);
    await expectClosed('no-roles', /permission denied.*CREATEROLE/);
  });

  test.each([
    ['a superuser', 'superuser', /SUPERUSER/],
    ['one that may make roles', 'createrole', /CREATEROLE/],
    ['one that passes row security', 'bypassrls', /BYPASSRLS/],
  ])('where the given role is %s', async (_, attribute, reason) => {
    await fixture.onTarget.query(`create role howdah_bad login ${attribute} password 'pw'`);
    const enrolled = await enrol({ readUrl: urlOf('howdah_bad', 'pw'), writeUrl: null }, 'bad-role');
    expect(verdicts(enrolled)).toEqual(['read absent', 'write absent']);
    expect(enrolled.levels[0]?.reason).toMatch(reason);
    await expectClosed('bad-role', reason);
  });

  test('where it is a member of another role, or owns something', async () => {
    await fixture.onTarget.query(
      "create role howdah_bad login password 'pw'; grant pg_write_all_data to howdah_bad",
    );
    const { id, levels } = await enrol({ readUrl: urlOf('howdah_bad', 'pw'), writeUrl: null }, 'bad-role');
    expect(levels[0]?.reason).toMatch(/member of pg_write_all_data/);
    await fixture.onTarget.query(
      'revoke pg_write_all_data from howdah_bad; create table public.owned (i int); alter table public.owned owner to howdah_bad',
    );
    expect((await checkWall(id))[0]?.reason).toMatch(/owns public\.owned/);
  });

  test('and a level that the nightly battery finds open is closed, until it holds again', async () => {
    const { id } = await enrol({ url: fixture.target.url }, 'nightly');
    await expect(ask('developer', 'nightly', 'select 1', 'read')).resolves.toEqual([['1']]);
    await fixture.onTarget.query('grant pg_read_all_data to howdah_read');
    expect((await checkWall(id)).map(({ verdict }) => verdict)).toEqual(['absent', 'enforced']);
    await expectClosed('nightly', /member of pg_read_all_data/);
    await fixture.onTarget.query('revoke pg_read_all_data from howdah_read');
    expect((await checkWall(id)).map(({ verdict }) => verdict)).toEqual(['enforced', 'enforced']);
    await expect(ask('developer', 'nightly', 'select 1', 'read')).resolves.toEqual([['1']]);
  });

  test('while grants to PUBLIC are the exact gap, and no more', async () => {
    await fixture.onTarget.query(
      'create table if not exists app.open (id int); grant insert on app.open to public',
    );
    const { levels } = await enrol({ url: fixture.target.url }, 'gaps');
    expect(levels[0]).toMatchObject({ verdict: 'gaps', reason: null });
    expect(levels[0]?.gaps.map(({ message }) => message)).toEqual([
      'Only its read-only transactions keep the role from changing app.open: a grant lets it.',
    ]);
    await expect(ask('reviewer', 'gaps', 'select * from app.open', 'read')).resolves.toEqual([]);
    await expect(ask('reviewer', 'gaps', 'insert into app.open values (1)', 'read')).rejects.toThrow(
      /read level/,
    );
    await fixture.onTarget.query('drop table app.open');
  });

  test('so are views on the secrets of PostgreSQL, and foreign tables behind a mapping for PUBLIC', async () => {
    await fixture.onTarget.query(`
      create view app.hashes_of_roles as select rolname, rolpassword from pg_authid;
      create view app.of_them as select rolname, upper(rolpassword) as hash from app.hashes_of_roles;
      create view app.a_whole_row as select one as it from pg_authid one;
      create view app.under_other_names as select o.k from pg_authid o (a, b, c, d, e, f, g, h, i, j, k, l);
      create view app.roles as select rolname from pg_roles;
      create view app.names_of_roles as select rolname from pg_authid tablesample system (100);
      create extension postgres_fdw;
      create server elsewhere foreign data wrapper postgres_fdw options (host '127.0.0.1', port '1');
      create user mapping for public server elsewhere options (user 'x', password 'SECRET-mapping');
      create foreign table app.afar (id int) server elsewhere`);
    const { levels } = await enrol({ url: fixture.target.url }, 'secrets');
    for (const { gaps } of levels) {
      const messages = gaps.map(({ message }) => message).join(' ');
      expect(messages).toContain(
        'may read app.a_whole_row, app.hashes_of_roles, app.of_them, app.under_other_names, which reads the secrets',
      );
      expect(messages).toContain('reads foreign tables of elsewhere by a user mapping for PUBLIC');
      expect(messages).not.toMatch(/app\.roles|app\.names_of_roles|SECRET/);
    }
    await fixture.onTarget.query(
      `drop extension postgres_fdw cascade; drop view app.roles, app.names_of_roles, app.of_them, app.hashes_of_roles,
        app.a_whole_row, app.under_other_names`,
    );
  });
});
