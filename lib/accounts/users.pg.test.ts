import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DELETE as revokeLink } from '@/app/api/v1/invites/[id]/route';
import { POST as accept } from '@/app/api/v1/invites/accept/route';
import { POST as read } from '@/app/api/v1/invites/read/route';
import { GET as invites } from '@/app/api/v1/invites/route';
import { POST as changePassword } from '@/app/api/v1/profile/password/route';
import { PATCH as changeProfile, GET as profile } from '@/app/api/v1/profile/route';
import { DELETE as endOwn } from '@/app/api/v1/profile/sessions/[session]/route';
import { DELETE as endOthers, GET as ownSessions } from '@/app/api/v1/profile/sessions/route';
import { GET as servers } from '@/app/api/v1/servers/route';
import { POST as newLink } from '@/app/api/v1/users/[id]/link/route';
import { PATCH as change, GET as one } from '@/app/api/v1/users/[id]/route';
import { PUT as grant, DELETE as takeAway } from '@/app/api/v1/users/[id]/servers/[server]/route';
import { DELETE as endSession } from '@/app/api/v1/users/[id]/sessions/[session]/route';
import { DELETE as endAll } from '@/app/api/v1/users/[id]/sessions/route';
import { POST as invite, GET as list } from '@/app/api/v1/users/route';
import { nowhere } from '../origin';
import { openSession } from '../store/sessions';
import { updateUser } from '../store/user-changes';
import { putUser } from '../store/users';
import { callRoute } from '../testing/call-route';
import { type Fixture, openFixture, until } from '../testing/fixture';

let fixture: Fixture;
let ids: Record<'admin' | 'developer' | 'reviewer', string>;
let admin: string;

const password = 'correct horse';
const chosen = 'battery staple';

beforeAll(async () => {
  fixture = await openFixture('select 1');
});
afterAll(() => fixture.close());
beforeEach(async () => {
  const made = { admin: '', developer: '', reviewer: '' };
  for (const role of ['admin', 'developer', 'reviewer'] as const) {
    made[role] = await putUser({ username: role, role, password });
  }
  ids = made;
  admin = await openSession(ids.admin, nowhere);
  await fixture.onStore.query(
    `delete from throttles; delete from users where username not in ('admin', 'developer', 'reviewer')`,
  );
});

const tokenOf = ({ path }: { path: string }) => path.slice('/invite#'.length);

async function inviteNew(more: object = {}) {
  const body = {
    username: 'newcomer',
    role: 'reviewer',
    servers: [{ server: 'demo', level: 'read' }],
    ...more,
  };
  return callRoute(invite, { method: 'POST', session: admin, body });
}

const acceptWith = (token: string, password = chosen) =>
  callRoute(accept, { method: 'POST', body: { token, password } });

describe('an invitation', () => {
  test('makes a user who sees what was granted, and signs in with the password of their choice', async () => {
    const { status, body } = await inviteNew();
    expect([status, body.user.status, body.user.servers]).toEqual([
      200,
      'invited',
      [{ server: 'demo', level: 'read', level_in_force: 'read' }],
    ]);
    const token = tokenOf(body.link);
    const note = await callRoute(read, { method: 'POST', body: { token } });
    expect(note.body).toMatchObject({ kind: 'invite', username: 'newcomer' });
    expect((await acceptWith(token)).body).toEqual({ username: 'newcomer' });
    const { body: user } = await callRoute(one, { session: admin, params: { id: body.user.id } });
    expect(user).toMatchObject({ status: 'active', signs_in_by: 'password' });
    const session = await openSession(body.user.id, nowhere);
    const { body: seen } = await callRoute(servers, { session });
    expect(seen.items).toMatchObject([{ slug: 'demo', level: 'read' }]);
  });

  test('works once, also for two at once, and is stored as a hash', async () => {
    const { body } = await inviteNew();
    const token = tokenOf(body.link);
    const { rows } = await fixture.onStore.query('select t::text as row from one_time_links t');
    expect(JSON.stringify(rows)).not.toContain(token);
    const answers = await Promise.all([
      acceptWith(token, 'first password'),
      acceptWith(token, 'other password'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await acceptWith(token)).status).toBe(404);
  });

  test('is void when it is too old, taken back, renewed, or its user is disabled', async () => {
    const { body } = await inviteNew();
    const { id } = body.user;
    const renewed = await callRoute(newLink, { method: 'POST', session: admin, params: { id } });
    expect((await acceptWith(tokenOf(body.link))).status).toBe(404);
    const { body: open } = await callRoute(invites, { session: admin });
    expect(open.items).toMatchObject([{ user: 'newcomer', kind: 'invite', created_by: 'admin' }]);
    expect(JSON.stringify(open)).not.toContain(tokenOf(renewed.body));
    await callRoute(revokeLink, { method: 'DELETE', session: admin, params: { id: open.items[0].id } });
    expect((await acceptWith(tokenOf(renewed.body))).status).toBe(404);

    const another = await callRoute(newLink, { method: 'POST', session: admin, params: { id } });
    await fixture.onStore.query('update one_time_links set expires_at = now()');
    expect((await acceptWith(tokenOf(another.body))).status).toBe(404);

    const last = await callRoute(newLink, { method: 'POST', session: admin, params: { id } });
    await callRoute(change, { method: 'PATCH', session: admin, params: { id }, body: { disabled: true } });
    expect((await acceptWith(tokenOf(last.body))).status).toBe(404);
  });

  test('is refused for a name that is taken, whatever its case, and for a server that is not there', async () => {
    expect((await inviteNew({ username: 'ADMIN' })).status).toBe(409);
    expect((await inviteNew({ servers: [{ server: 'atlantis', level: 'read' }] })).status).toBe(404);
    const { body } = await callRoute(list, { session: admin });
    expect(body.items.map(({ username }: { username: string }) => username)).toEqual([
      'admin',
      'developer',
      'reviewer',
    ]);
    for (const wrong of [
      { username: '' },
      { username: 'a\0b' },
      { username: 'a\ud800' },
      { role: 'owner' },
    ]) {
      expect((await inviteNew(wrong)).status).toBe(400);
    }
  });

  test('S08: guessing it is slowed down, and the right one waits too', async () => {
    const { body } = await inviteNew();
    const statuses: number[] = [];
    for (let each = 0; each < 20; each += 1) statuses.push((await acceptWith(`wrong ${each}`)).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(404));
    expect(statuses).toContain(429);
    await fixture.onStore.query(`update throttles set blocked_until = now() + interval '10 minutes'`);
    expect((await acceptWith(tokenOf(body.link))).status).toBe(429);
  });
});

test('a password reset by link ends all sessions', async () => {
  const session = await openSession(ids.developer, nowhere);
  const { body } = await callRoute(newLink, {
    method: 'POST',
    session: admin,
    params: { id: ids.developer },
  });
  expect((await callRoute(servers, { session })).status).toBe(200);
  await acceptWith(tokenOf(body));
  expect((await callRoute(servers, { session })).status).toBe(401);
});

describe('the last admin who can sign in', () => {
  const changeAdmin = (body: object) =>
    callRoute(change, { method: 'PATCH', session: admin, params: { id: ids.admin }, body });

  test('is neither demoted nor disabled; who has not chosen a password yet does not count', async () => {
    await inviteNew({ role: 'admin' });
    for (const body of [{ role: 'developer' }, { disabled: true }]) {
      const { status, body: answer } = await changeAdmin(body);
      expect([status, answer.error.code]).toEqual([409, 'conflict']);
    }
    expect((await callRoute(one, { session: admin, params: { id: ids.admin } })).body).toMatchObject({
      role: 'admin',
      status: 'active',
    });
  });

  test('stays when two admins demote each other at once', async () => {
    const { body } = await inviteNew({ role: 'admin' });
    await acceptWith(tokenOf(body.link));
    const both = [ids.admin, body.user.id as string];
    for (let round = 0; round < 5; round += 1) {
      await fixture.onStore.query(`update users set role = 'admin' where id = any($1::uuid[])`, [both]);
      // Both wait at their rows, and go on in the same moment.
      await fixture.onStore.query('begin');
      await fixture.onStore.query('select from users where id = any($1::uuid[]) for update', [both]);
      const changes = both.map((id) => updateUser(id, { role: 'reviewer' }));
      const answers = Promise.allSettled(changes);
      await until('one waits', async () => {
        const { rows } = await fixture.onTarget.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'update "users"%'`,
        );
        return rows.length > 0;
      });
      await fixture.onStore.query('commit');
      expect((await answers).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    const { rows } = await fixture.onStore.query(
      `select count(*)::integer as admins from users where role = 'admin'`,
    );
    expect(rows).toEqual([{ admins: 1 }]);
  });
});

test('S05: who is disabled or demoted is refused from the next request on', async () => {
  const session = await openSession(ids.developer, nowhere);
  const patch = (body: object) =>
    callRoute(change, { method: 'PATCH', session: admin, params: { id: ids.developer }, body });
  await patch({ role: 'admin' });
  expect((await callRoute(list, { session })).status).toBe(200);
  await patch({ role: 'developer' });
  expect((await callRoute(list, { session })).status).toBe(403);
  const disable = (when: string) =>
    fixture.onStore.query(`update users set disabled_at = ${when} where id = $1`, [ids.developer]);
  await disable('now()');
  expect((await callRoute(servers, { session })).status).toBe(401);
  await disable('null');
  expect((await callRoute(servers, { session })).status).toBe(200);
  await patch({ disabled: true });
  expect((await callRoute(servers, { session })).status).toBe(401);
  await patch({ disabled: false });
  expect((await callRoute(servers, { session })).status).toBe(401);
});

test('access is granted, lessened by the role, and taken away', async () => {
  const place = { id: ids.reviewer, server: 'demo' };
  const put = await callRoute(grant, {
    method: 'PUT',
    session: admin,
    params: place,
    body: { level: 'write' },
  });
  expect(put.body.servers).toEqual([{ server: 'demo', level: 'write', level_in_force: 'read' }]);
  const gone = await callRoute(takeAway, { method: 'DELETE', session: admin, params: place });
  expect(gone.body.servers).toEqual([]);
  const session = await openSession(ids.reviewer, nowhere);
  expect((await callRoute(servers, { session })).body.items).toEqual([]);
  await callRoute(grant, { method: 'PUT', session: admin, params: place, body: { level: 'read' } });
});

describe('S04: an id of somebody else', () => {
  test('of a session is answered like one that is not there', async () => {
    const mine = await openSession(ids.reviewer, nowhere);
    await openSession(ids.developer, nowhere);
    const { rows } = await fixture.onStore.query(
      'select id from sessions where user_id = $1 and revoked_at is null',
      [ids.developer],
    );
    const end = (session: string) =>
      callRoute(endOwn, { method: 'DELETE', session: mine, params: { session } });
    const [foreign, missing] = [await end(rows[0].id), await end(randomUUID())];
    expect(foreign).toEqual(missing);
    expect(foreign.status).toBe(404);
    const left = await fixture.onStore.query('select from sessions where id = $1 and revoked_at is null', [
      rows[0].id,
    ]);
    expect(left.rows).toHaveLength(1);
  });

  test('of a user, link or session is 404 for an admin, and 403 for anybody else whether it is there or not', async () => {
    const { body } = await inviteNew();
    const session = await openSession(ids.developer, nowhere);
    for (const [door, method, params] of [
      [one, 'GET', { id: ids.admin }],
      [change, 'PATCH', { id: ids.admin }],
      [newLink, 'POST', { id: ids.admin }],
      [endAll, 'DELETE', { id: ids.admin }],
      [endSession, 'DELETE', { id: ids.admin, session: randomUUID() }],
      [revokeLink, 'DELETE', { id: body.link.id }],
    ] as const) {
      const missing = Object.fromEntries(Object.keys(params).map((name) => [name, randomUUID()]));
      const call = { method, ...(method === 'PATCH' ? { body: {} } : {}) };
      expect((await callRoute(door, { ...call, session: admin, params: missing })).status).toBe(404);
      const [foreign, none] = [
        await callRoute(door, { ...call, session, params }),
        await callRoute(door, { ...call, session, params: missing }),
      ];
      expect(foreign).toEqual(none);
      expect(foreign.status).toBe(403);
    }
  });
});

describe("one's own account", () => {
  test('lists its sessions and ends all others', async () => {
    const [session, other] = [
      await openSession(ids.reviewer, nowhere),
      await openSession(ids.reviewer, nowhere),
    ];
    const { body } = await callRoute(ownSessions, { session });
    expect(body.items.filter(({ is_current }: { is_current: boolean }) => is_current)).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain(session);
    expect((await callRoute(endOthers, { method: 'DELETE', session })).status).toBe(204);
    expect((await callRoute(profile, { session: other })).status).toBe(401);
    expect((await callRoute(profile, { session })).status).toBe(200);
  });

  test('S08: changes its password with the current one only, slowed down; its other sessions end', async () => {
    const [session, other] = [
      await openSession(ids.reviewer, nowhere),
      await openSession(ids.reviewer, nowhere),
    ];
    const post = (current_password: string) =>
      callRoute(changePassword, {
        method: 'POST',
        session,
        body: { current_password, new_password: chosen },
      });
    const statuses: number[] = [];
    for (let each = 0; each < 12; each += 1) statuses.push((await post(`wrong ${each}`)).status);
    expect(statuses.slice(0, 6)).toEqual(Array(6).fill(400));
    expect(statuses).toContain(429);
    await fixture.onStore.query(`update throttles set blocked_until = now() + interval '10 minutes'`);
    expect((await post(password)).status).toBe(429);
    expect((await callRoute(profile, { session: other })).status).toBe(200);
    await fixture.onStore.query('delete from throttles');
    expect((await post(password)).status).toBe(204);
    expect((await callRoute(profile, { session: other })).status).toBe(401);
    expect((await callRoute(profile, { session })).status).toBe(200);
  });

  test('keeps name, time zone and theme, and nothing else of what is sent', async () => {
    const session = await openSession(ids.reviewer, nowhere);
    const body = { name: 'Rita', time_zone: 'Asia/Tokyo', theme: 'dark', role: 'admin', username: 'root' };
    const { body: changed } = await callRoute(changeProfile, { method: 'PATCH', session, body });
    expect(changed).toMatchObject({ name: 'Rita', time_zone: 'Asia/Tokyo', theme: 'dark' });
    expect([changed.role, changed.username]).toEqual(['reviewer', 'reviewer']);
    const wrong = await callRoute(changeProfile, {
      method: 'PATCH',
      session,
      body: { time_zone: 'Moon/Sea' },
    });
    expect(wrong.status).toBe(400);
  });
});
