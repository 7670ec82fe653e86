import { NextRequest } from 'next/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POST as run } from '@/app/api/v1/servers/[server]/databases/[database]/queries/route';
import { GET as servers } from '@/app/api/v1/servers/route';
import { openSession } from './store/sessions';
import { actorOf, type Fixture, openFixture } from './testing/fixture';

let fixture: Fixture;
let token: string;

beforeAll(async () => {
  fixture = await openFixture('create table notes (id int)');
  token = await openSession((await actorOf('admin')).userId, { address: null, userAgent: null });
});
afterAll(() => fixture.close());

function ask(cookie: string, body?: object) {
  const headers = {
    cookie: `next-auth.session-token=${cookie}`,
    host: 'localhost',
    origin: 'http://localhost',
  };
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  const request = new NextRequest('http://localhost/api/v1/x', init);
  const params = Promise.resolve({ server: 'demo', database: fixture.target.name });
  return body === undefined ? servers(request, { params }) : run(request, { params });
}

test('S06: who is let in is asked of the store, and while it does not say nobody is', async () => {
  expect((await ask(token)).status).toBe(200);
  for (const table of ['sessions', 'users']) {
    await fixture.onStore.query(`begin; lock table ${table} in access exclusive mode`);
    try {
      const [read, write] = await Promise.all([ask(token), ask(token, { sql: 'select 1' })]);
      expect([table, read.status, write.status]).toEqual([table, 503, 503]);
      const body = await read.text();
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'unreachable' } });
      expect(body).not.toContain('demo');
    } finally {
      await fixture.onStore.query('rollback');
    }
  }
  expect((await ask(token)).status).toBe(200);
});

test('S06: what is no session lets nobody in, whatever it is', async () => {
  const odd = [
    '',
    'null',
    'undefined',
    '{}',
    '[object Object]',
    '%',
    '%00',
    'é',
    "' or 1=1 --",
    'a'.repeat(10_000),
  ];
  for (const cookie of odd) {
    expect([cookie, (await ask(encodeURIComponent(cookie))).status]).toEqual([cookie, 401]);
  }
});

test('S05: a session is over with the next request after its user is disabled, or it was revoked', async () => {
  await fixture.onStore.query("update users set disabled_at = now() where username = 'admin'");
  expect((await ask(token)).status).toBe(401);
  await fixture.onStore.query("update users set disabled_at = null where username = 'admin'");
  expect((await ask(token)).status).toBe(200);
  await fixture.onStore.query("update users set role = 'reviewer' where username = 'admin'");
  expect(
    (await ask(token, { sql: 'select 1', level: 'owner', confirm: `demo/${fixture.target.name}` })).status,
  ).toBe(403);
  await fixture.onStore.query('update sessions set revoked_at = now()');
  expect((await ask(token)).status).toBe(401);
});
