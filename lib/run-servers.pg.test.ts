import net from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { parse } from './parse';
import { addServer, chooseDatabase } from './run-choose';
import {
  changeServer,
  readConnectionUse,
  readServerSettings,
  removeServer,
  renewRoles,
  tryServer,
} from './run-servers';
import { queueWallChecks } from './run-wall-check';
import type { Actor } from './server';
import { store } from './store/db';
import { findServer, grantAccess } from './store/servers';
import { actorOf, type Fixture, openFixture, requestOf, runAll } from './testing/fixture';
import { serverChange } from './wall-schema';

let fixture: Fixture;
let admin: Actor;
const password = 'CANARY-owner-pässword';

beforeAll(async () => {
  fixture = await openFixture(`
    create role second_owner login superuser password '${password}';
    create schema app;
    create table app.people (id int primary key, name text, password text);
    insert into app.people values (1, 'Ada', 'SECRET')`);
  admin = await actorOf('admin');
});
afterAll(async () => {
  await fixture.onTarget.query('drop role second_owner').catch(() => undefined);
  await fixture.close();
});

function url(user = 'second_owner', secret = password): string {
  const place = new URL(fixture.target.url);
  place.username = user;
  place.password = encodeURIComponent(secret);
  return place.href;
}

const changeOf = (body: object) => parse(serverChange, { server: 'second', ...body }).change;

/** Everything that an admin is told about the server, as text. */
async function everythingSaid(): Promise<string> {
  const use = await readConnectionUse(admin, 'second');
  return JSON.stringify([await readServerSettings(admin, 'second'), use]);
}

describe('a trial', () => {
  test('says what the role may do, and which server is the same', async () => {
    expect(await tryServer(admin, url(), null)).toMatchObject({
      ok: true,
      user: 'second_owner',
      is_superuser: true,
      can_create_roles: true,
      same_as: ['demo'],
      databases: expect.arrayContaining([fixture.target.name]),
    });
    const trial = await tryServer(admin, url(), null);
    expect(JSON.stringify(trial)).not.toContain('CANARY');
    expect(trial).toMatchObject({ databases: expect.not.arrayContaining([fixture.store.name]) });
  });

  test('gives the cause and the fix', async () => {
    expect(await tryServer(admin, url('second_owner', 'wrong'), null)).toMatchObject({
      ok: false,
      cause: expect.stringMatching(/refused the password/),
      fix: expect.stringMatching(/Check the password/),
    });
  });

  test('S44: of what else answers there it tells nothing, and link-local is not tried', async () => {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('SSH-2.0-BANNER\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const trial = await tryServer(admin, `postgres://u:p@127.0.0.1:${port}/d`, null);
    server.close();
    expect(trial).toMatchObject({ ok: false });
    expect(JSON.stringify(trial)).not.toContain('BANNER');
    await expect(
      tryServer(admin, 'postgres://u:p@169.254.169.254/d?sslmode=require', null),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  test.each(['?options=-csearch_path%3Dx', '?sslkey=/etc/shadow', '?service=x', '?host=/tmp'])(
    'S45: %s is refused',
    async (extra) => {
      await expect(tryServer(admin, `${url()}${extra}`, null)).rejects.toMatchObject({ code: 'invalid' });
    },
  );

  test('refuses what is no certificate, and a private key', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';
    await expect(tryServer(admin, url(), key)).rejects.toThrow(/private key/);
    await expect(tryServer(admin, url(), 'hello')).rejects.toThrow(/not a certificate/);
    const cut = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    await expect(tryServer(admin, url(), cut)).rejects.toThrow(/cannot be read/);
  });
});

describe('a second server on the same PostgreSQL', () => {
  const choices = () => [{ database: fixture.target.name, schemas: ['app'], masks: [] }];

  test('gets roles of its own, so that the first goes on', async () => {
    const enrolled = await addServer(admin, {
      slug: 'second',
      name: 'Second',
      environment: 'staging',
      url: url(),
      choices: choices(),
    });
    expect(enrolled.levels.map(({ verdict }) => verdict)).toEqual(['enforced', 'enforced']);
    expect((await readServerSettings(admin, 'second')).roles).toEqual({
      owner: 'second_owner',
      read: 'howdah_read_second',
      write: 'howdah_write_second',
    });
    const events = await runAll('reviewer', requestOf(fixture, 'select 1'));
    expect(events.some(({ type }) => type === 'error')).toBe(false);
  });

  test('S46: its passwords are in nothing that its settings, its form or its list say', async () => {
    const row = await store()
      .selectFrom('servers')
      .selectAll()
      .where('slug', '=', 'second')
      .executeTakeFirstOrThrow();
    const said = await everythingSaid();
    const server = await findServer(admin, 'second');
    const secrets = (['owner', 'read', 'write'] as const).flatMap((level) => [
      server.login(level)?.password ?? '',
      row[`${level}_secret`] ?? '',
    ]);
    expect(secrets.every((secret) => secret.length > 10)).toBe(true);
    for (const secret of secrets) expect(said).not.toContain(secret);
  });

  test('a mask closes its column for both levels', async () => {
    await grantAccess((await actorOf('reviewer')).userId, (await findServer(admin, 'second')).id, 'read');
    const read = () =>
      runAll('reviewer', requestOf(fixture, 'select password from app.people', { server: 'second' }));
    expect((await read()).some(({ type }) => type === 'rows')).toBe(true);
    const mask = { schema: 'app', relation: 'people', column: 'password' };
    const report = await chooseDatabase(admin, 'second', {
      database: fixture.target.name,
      schemas: ['app'],
      masks: [mask],
    });
    expect(report.grants[0]?.withheld).toMatchObject([{ relation: 'people', columns: ['password'] }]);
    expect((await read()).find(({ type }) => type === 'error')).toMatchObject({
      error: { sqlstate: '42501' },
    });
  });

  test('name, environment and limits change; the roles follow, and statements end at the new time', async () => {
    const settings = await changeServer(
      admin,
      'second',
      changeOf({ name: 'Renamed', environment: 'production', connection_budget: 3, read_timeout_ms: 300 }),
    );
    expect(settings).toMatchObject({ name: 'Renamed', environment: 'production', connection_budget: 3 });
    const use = await readConnectionUse(admin, 'second');
    expect(use.find(({ role }) => role === 'howdah_read_second')).toMatchObject({ allowed: 8 });
    const events = await runAll('reviewer', requestOf(fixture, 'select pg_sleep(30)', { server: 'second' }));
    expect(events.find(({ type }) => type === 'error')).toMatchObject({ error: { code: 'timeout' } });
    await expect(changeServer(admin, 'second', changeOf({ read_timeout_ms: null }))).resolves.toMatchObject({
      read_timeout_ms: null,
      name: 'Renamed',
    });
  });

  test('its roles are made again with new passwords, masks and choices stay', async () => {
    const before = (await findServer(admin, 'second')).login('read')?.password;
    const settings = await renewRoles(admin, 'second');
    expect(settings.levels.map(({ verdict }) => verdict)).toEqual(['enforced', 'enforced']);
    const after = (await findServer(admin, 'second')).login('read');
    expect(after?.password).not.toBe(before);
    const { rows } = await fixture.onStore.query(
      'select string_agg(a::text, chr(10)) as text from audit_log a',
    );
    expect(rows[0].text).toContain('server.change-credentials');
    for (const secret of [before, after?.password, password]) expect(rows[0].text).not.toContain(secret);
    const events = await runAll(
      'reviewer',
      requestOf(fixture, 'select password from app.people', { server: 'second' }),
    );
    expect(events.find(({ type }) => type === 'error')).toMatchObject({ error: { sqlstate: '42501' } });
  });

  test('what cannot be reached changes nothing', async () => {
    const before = await everythingSaid();
    const bad = changeOf({ name: 'Other', url: url('second_owner', 'wrong') });
    await expect(changeServer(admin, 'second', bad)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await everythingSaid()).toBe(before);
  });

  test('a wrong name removes nothing, nor does a job that is not over', async () => {
    await expect(
      removeServer(admin, 'second', { confirm: 'secnd', dropsRoles: false }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await store()
      .updateTable('walls')
      .set({ checked_at: new Date(0) })
      .execute();
    await queueWallChecks();
    await expect(
      removeServer(admin, 'second', { confirm: 'second', dropsRoles: false }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/job of the kind wall/) });
    await store().updateTable('jobs').set({ status: 'cancelled', finished_at: new Date() }).execute();
  });

  test('removal drops the roles, keeps the history, and frees the name', async () => {
    const { id } = await findServer(admin, 'second');
    await fixture.onStore.query(
      `insert into backup_schedules (id, server_id, server, database, kind, cron, time_zone, wanted, next_at, user_id, username)
        values ($1, $1, 'second', 'd', 'backup', '0 0 * * *', 'UTC', '{}', now(), $2, 'admin')`,
      [id, admin.userId],
    );
    await removeServer(admin, 'second', { confirm: 'second', dropsRoles: true });
    const due = await fixture.onStore.query('select from backup_schedules where server_id = $1', [id]);
    expect(due.rowCount).toBe(0);
    await expect(findServer(admin, 'second')).rejects.toMatchObject({ code: 'not_found' });
    const client = new pg.Client({ connectionString: testServer() });
    await client.connect();
    const { rows } = await client.query("select rolname from pg_roles where rolname like '%_second'");
    await client.end();
    expect(rows).toEqual([]);
    const kept = await fixture.onStore.query(
      "select count(*)::int as n from query_history where server = 'second'",
    );
    expect(kept.rows[0].n).toBeGreaterThan(2);
    const left = await fixture.onStore.query('select * from servers where disabled_at is not null');
    expect(left.rows).toMatchObject([{ owner_secret: null, read_secret: null, write_secret: null }]);
    const again = await addServer(admin, {
      slug: 'second',
      name: 'Second',
      environment: 'staging',
      url: url(),
      choices: choices(),
    });
    expect(again.levels.map(({ verdict }) => verdict)).toEqual(['enforced', 'enforced']);
    await removeServer(admin, 'second', { confirm: 'second', dropsRoles: true });
  });
});
