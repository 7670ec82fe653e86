import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DELETE as revoke } from '@/app/api/v1/api-keys/[id]/route';
import { GET as list, POST as make } from '@/app/api/v1/api-keys/route';
import { GET as describeApi } from '@/app/api/v1/openapi.json/route';
import { GET as profile } from '@/app/api/v1/profile/route';
import { POST as roleScript } from '@/app/api/v1/role-script/route';
import { POST as queries } from '@/app/api/v1/servers/[server]/databases/[database]/queries/route';
import { GET as wallScript } from '@/app/api/v1/servers/[server]/wall/script/route';
import { GET as servers } from '@/app/api/v1/servers/route';
import { GET as users } from '@/app/api/v1/users/route';
import { nowhere } from '../origin';
import { openSession } from '../store/sessions';
import { callRoute } from '../testing/call-route';
import { actorOf, type Fixture, openFixture } from '../testing/fixture';

let fixture: Fixture;
let sessions: Record<'admin' | 'developer' | 'reviewer', string>;

beforeAll(async () => {
  fixture = await openFixture('create table notes (id int primary key)');
  const open = async (role: 'admin' | 'developer' | 'reviewer') =>
    openSession((await actorOf(role)).userId, nowhere);
  sessions = {
    admin: await open('admin'),
    developer: await open('developer'),
    reviewer: await open('reviewer'),
  };
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.onStore.query(`
    delete from throttles;
    update users set role = username, disabled_at = null;
    update server_access a set level = 'owner' from users u where u.id = a.user_id and u.username = 'developer'`);
});

async function newKey(role: keyof typeof sessions, more: object = {}) {
  const body = { name: 'a script', ...more };
  return callRoute(make, { method: 'POST', session: sessions[role], body });
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}`, origin: null });

function run(key: string, sql: string, more: object = {}) {
  const params = { server: 'demo', database: fixture.target.name };
  return callRoute(queries, { method: 'POST', params, body: { sql, ...more }, ...bearer(key) });
}

describe('S11: an API key', () => {
  test('is shown once and stored as a hash', async () => {
    const { status, body } = await newKey('developer');
    expect([status, body.key]).toEqual([200, expect.stringMatching(/^howdah_[\w-]{43}$/)]);
    const { rows } = await fixture.onStore.query('select k::text as row from api_keys k');
    expect(JSON.stringify(rows)).not.toContain(body.key.slice(7));
    const listed = await callRoute(list, { session: sessions.developer });
    expect(JSON.stringify(listed.body)).not.toContain(body.key.slice(7));
    expect(listed.body.items[0]).toMatchObject({ name: 'a script', user: 'developer', role: 'developer' });
  });

  test('lets a script in without a cookie or an Origin, and notes when', async () => {
    const { body } = await newKey('developer');
    const { status, body: seen } = await callRoute(servers, bearer(body.key));
    expect([status, seen.items[0].slug]).toEqual([200, 'demo']);
    expect((await callRoute(describeApi, bearer(body.key))).body.openapi).toBe('3.1.0');
    const { body: listed } = await callRoute(list, { session: sessions.developer });
    expect(listed.items.find(({ id }: { id: string }) => id === body.id).last_used_at).toMatch(/^\d{4}-/);
  });

  test.each([
    'Bearer %',
    'Bearer',
    'Bearer  ',
    'bearer howdah_',
    'Bearer howdah_%00',
    'Bearer a b',
    'Bearer é',
  ])('that is none is 401: %j, also beside a good cookie', async (authorization) => {
    const { status, body } = await callRoute(servers, { authorization });
    expect([status, body.error.code]).toEqual([401, 'unauthenticated']);
    const beside = await callRoute(servers, { authorization, session: sessions.admin });
    expect(beside).toEqual({ status, body });
  });

  test('of another scheme is somebody else’s affair: the cookie counts', async () => {
    const authorization = 'Basic dXNlcjpwYXNzd29yZA==';
    expect((await callRoute(servers, { authorization, session: sessions.admin })).status).toBe(200);
    expect((await callRoute(servers, { authorization })).status).toBe(401);
  });

  test('that has expired or was revoked is refused at once', async () => {
    const { body: first } = await newKey('developer');
    const { body: second } = await newKey('developer');
    await fixture.onStore.query('update api_keys set expires_at = now() where id = $1', [first.id]);
    const params = { id: second.id };
    expect((await callRoute(revoke, { method: 'DELETE', session: sessions.developer, params })).status).toBe(
      204,
    );
    for (const { key } of [first, second]) expect((await callRoute(servers, bearer(key))).status).toBe(401);
    expect((await callRoute(revoke, { method: 'DELETE', session: sessions.developer, params })).status).toBe(
      404,
    );
    const { body } = await callRoute(list, { session: sessions.developer });
    expect(body.items.slice(0, 2).map(({ status }: { status: string }) => status)).toEqual([
      'revoked',
      'expired',
    ]);
  });

  test('has the least of its role, its user’s role and the grant', async () => {
    const { body: lesser } = await newKey('developer', { role: 'reviewer' });
    const { body: full } = await newKey('developer');
    const levelOf = async (key: string) => (await callRoute(servers, bearer(key))).body.items[0].level;
    expect([await levelOf(lesser.key), await levelOf(full.key)]).toEqual(['read', 'owner']);
    expect((await run(lesser.key, 'insert into notes values (1)', { level: 'write' })).status).toBe(403);
    await fixture.onStore.query(`update users set role = 'reviewer' where username = 'developer'`);
    expect(await levelOf(full.key)).toBe('read');
    await fixture.onStore.query(`update users set role = 'developer' where username = 'developer'`);
    await fixture.onStore.query(`update server_access a set level = 'write' from users u
      where u.id = a.user_id and u.username = 'developer'`);
    expect(await levelOf(full.key)).toBe('write');
    expect((await newKey('developer', { role: 'admin' })).status).toBe(403);
  });

  test('S05: stops when its user is disabled', async () => {
    const { body } = await newKey('developer');
    await fixture.onStore.query(`update users set disabled_at = now() where username = 'developer'`);
    expect((await callRoute(servers, bearer(body.key))).status).toBe(401);
  });

  test('sees its own servers only', async () => {
    await fixture.onStore.query(`
      insert into servers (id, slug, name, environment, host, port, tls_mode, default_database)
      values (gen_random_uuid(), 'other', 'Other', 'development', '127.0.0.1', 1, 'disable', 'postgres');
      insert into server_access (user_id, server_id, level)
      select u.id, s.id, 'read' from users u, servers s where u.username = 'developer' and s.slug = 'other'`);
    const { body } = await newKey('developer', { servers: ['other'] });
    expect(body.servers).toEqual(['other']);
    const { body: seen } = await callRoute(servers, bearer(body.key));
    expect(seen.items.map(({ slug }: { slug: string }) => slug)).toEqual(['other']);
    const refused = await run(body.key, 'select 1');
    expect([refused.status, refused.body.error.message]).toEqual([404, 'There is no server "demo" for you.']);
    expect((await newKey('developer', { servers: ['atlantis'] })).status).toBe(404);
    await fixture.onStore.query(`delete from servers where slug = 'other'`);
    expect((await callRoute(servers, bearer(body.key))).body.items).toEqual([]);
  });

  test('makes no keys and no users, whatever its role', async () => {
    const { body } = await newKey('admin');
    expect((await callRoute(wallScript, { params: { server: 'demo' }, ...bearer(body.key) })).status).toBe(
      200,
    );
    for (const answer of [
      await callRoute(make, { method: 'POST', body: { name: 'another' }, ...bearer(body.key) }),
      await callRoute(list, bearer(body.key)),
      await callRoute(users, bearer(body.key)),
      await callRoute(profile, bearer(body.key)),
    ]) {
      expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden']);
      expect(answer.body.error.message).toMatch(/^No API key has the permission/);
    }
  });

  test('S08: that is wrong is slowed down by its address, yet a right one from there goes on', async () => {
    const { body } = await newKey('developer');
    const statuses: number[] = [];
    for (let each = 0; each < 20; each += 1) {
      statuses.push((await callRoute(servers, bearer(`howdah_wrong-${each}`))).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses).toContain(429);
    expect((await callRoute(servers, bearer(body.key))).status).toBe(200);
  });
});

test('what a key changes is recorded with its user and its id', async () => {
  const { body } = await newKey('admin');
  const draft = await callRoute(roleScript, { method: 'POST', body: { databases: [] }, ...bearer(body.key) });
  expect(draft.status).toBe(200);
  const { rows } = await fixture.onStore.query(
    `select username, via, result, detail ->> 'key_id' as key_id from audit_log
      where action = 'server.draft-roles' order by id`,
  );
  expect(rows).toEqual([{ username: 'admin', via: 'api_key', result: 'succeeded', key_id: body.id }]);
});

test('the runs of a key are recorded with its user, as runs of the API', async () => {
  const { body } = await newKey('developer');
  const { status, body: events } = await run(body.key, 'select 4711', { kind: 'editor' });
  expect([status, events]).toEqual([200, expect.stringContaining('"4711"')]);
  const { rows } = await fixture.onStore.query(
    `select kind, username from query_history where sql = 'select 4711'`,
  );
  expect(rows).toEqual([{ kind: 'api', username: 'developer' }]);
});

test('S04: the id of another’s key is answered like one that is not there, but for an admin', async () => {
  const { body } = await newKey('developer');
  const end = (session: string, id: string) =>
    callRoute(revoke, { method: 'DELETE', session, params: { id } });
  const [foreign, missing] = [
    await end(sessions.reviewer, body.id),
    await end(sessions.reviewer, randomUUID()),
  ];
  expect(foreign).toEqual(missing);
  expect(foreign.status).toBe(404);
  expect((await callRoute(servers, bearer(body.key))).status).toBe(200);
  const seen = await callRoute(list, { session: sessions.reviewer });
  expect(seen.body.items).toEqual([]);
  const all = await callRoute(list, { session: sessions.admin });
  expect(all.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
  expect((await end(sessions.admin, body.id)).status).toBe(204);
  expect((await callRoute(servers, bearer(body.key))).status).toBe(401);
});
