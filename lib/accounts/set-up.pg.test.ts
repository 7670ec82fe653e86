import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { POST as setUp } from '@/app/api/v1/setup/route';
import { offerSetUp } from '../run-set-up';
import { insertLink } from '../store/one-time-links';
import { insertFirstAdmin } from '../store/set-up';
import { findUserByPassword } from '../store/users';
import { callRoute } from '../testing/call-route';
import { type Fixture, openFixture, until } from '../testing/fixture';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture('select 1');
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.onStore.query('delete from users; delete from throttles; delete from one_time_links');
});

const password = 'a password of an admin';

async function newToken(): Promise<string> {
  const { path } = await insertLink({ kind: 'setup', userId: null, createdBy: null });
  return path.slice('/setup#'.length);
}

const post = (body: object, address?: string) => callRoute(setUp, { method: 'POST', body, address });

async function countUsers(): Promise<number> {
  const { rows } = await fixture.onStore.query('select count(*)::integer as count from users');
  return rows[0].count;
}

test('S07: two set-ups at once make one admin', async () => {
  const token = await newToken();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, each) => post({ token, username: `admin-${each}`, password })),
  );
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  for (const { status } of answers) expect([204, 401, 404]).toContain(status);
  const { rows } = await fixture.onStore.query('select username, role from users');
  expect(rows).toHaveLength(1);
  expect(rows[0].role).toBe('admin');
  expect((await findUserByPassword(rows[0].username, password)).userId).not.toBeNull();
});

test('S07: two that have both seen that there is no user make one admin', async () => {
  const tokens = [await newToken(), await newToken()];
  // Reads go on, and what would be inserted waits.
  await fixture.onStore.query('begin; lock table users in exclusive mode');
  const both = tokens.map((token, each) =>
    insertFirstAdmin(token, { username: `admin-${each}`, name: null, passwordHash: 'x' }),
  );
  await until('one waits to insert', async () => {
    const { rows } = await fixture.onTarget.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into "users"%'`,
    );
    return rows.length > 0;
  });
  await fixture.onStore.query('commit');
  expect((await Promise.all(both)).filter((id) => id !== null)).toHaveLength(1);
  expect(await countUsers()).toBe(1);
});

test('S07: two tokens, of two instances, make one admin too', async () => {
  const tokens = [await newToken(), await newToken()];
  const answers = await Promise.all(
    tokens.map((token, each) => post({ token, username: `admin-${each}`, password })),
  );
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(await countUsers()).toBe(1);
});

test('S07: it needs the token, which works once, and is gone when there is a user', async () => {
  const token = await newToken();
  for (const wrong of ['x', `${token}x`, token.slice(1)]) {
    const { status, body } = await post({ token: wrong, username: 'admin', password });
    expect([status, body.error.code]).toEqual([401, 'unauthenticated']);
  }
  expect(await countUsers()).toBe(0);
  expect((await post({ token, username: 'admin', password: 'short' })).status).toBe(400);
  expect((await post({ token, username: 'admin', password })).status).toBe(204);
  const gone = [
    await post({ token, username: 'other', password }),
    await post({}),
    await post({ token: 'x' }),
  ];
  for (const { status, body } of gone) {
    expect([status, body]).toEqual([
      404,
      { error: { code: 'not_found', message: 'There is nothing here.' } },
    ]);
  }
  expect(await countUsers()).toBe(1);
});

test('S07: a token that is too old is worth nothing', async () => {
  const token = await newToken();
  await fixture.onStore.query('update one_time_links set expires_at = now()');
  expect((await post({ token, username: 'admin', password })).status).toBe(401);
});

test('S08: guessing the token is slowed down, and the right one waits too', async () => {
  const token = await newToken();
  const statuses: number[] = [];
  for (let each = 0; each < 20; each += 1) {
    statuses.push((await post({ token: `wrong ${each}`, username: 'admin', password })).status);
  }
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(statuses).toContain(429);
  await fixture.onStore.query(`update throttles set blocked_until = now() + interval '10 minutes'`);
  const right = await post({ token, username: 'admin', password });
  expect([right.status, right.body.error.message]).toEqual([429, expect.stringMatching(/in 10 minutes/)]);
  expect((await post({ token, username: 'admin', password }, '192.0.2.99')).status).toBe(204);
});

test('the console offers it while there is no user, and keeps no token in the store', async () => {
  await offerSetUp();
  const { rows } = await fixture.onStore.query(
    'select kind, length(token_hash) as bytes from one_time_links',
  );
  expect(rows).toEqual([{ kind: 'setup', bytes: 32 }]);
  const token = await newToken();
  await post({ token, username: 'admin', password });
  await offerSetUp();
  const { rows: left } = await fixture.onStore.query('select from one_time_links');
  expect(left).toHaveLength(0);
});
