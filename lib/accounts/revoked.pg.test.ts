import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { POST as make } from '@/app/api/v1/api-keys/route';
import { POST as queries } from '@/app/api/v1/servers/[server]/databases/[database]/queries/route';
import { nowhere } from '../origin';
import { openTarget } from '../postgres/target';
import { cancelRevoked, endWithLevel } from '../run-revoked';
import { findServer } from '../store/servers';
import { openSession } from '../store/sessions';
import { callRoute } from '../testing/call-route';
import { actorOf, type Fixture, openFixture, until } from '../testing/fixture';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture('select 1');
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.onStore.query(`
    update users set role = username, disabled_at = null;
    insert into server_access (user_id, server_id, level) select u.id, s.id, 'owner' from users u, servers s
    on conflict (user_id, server_id) do update set level = 'owner'`);
});

type Run = { answer: Promise<{ status: number; body: string }>; mark: string };

let marks = 0;

/** Starts a statement that sleeps for a minute, and waits until PostgreSQL runs it. */
async function sleepAs(
  credentials: { session?: string; authorization?: string },
  level: string,
): Promise<Run> {
  marks += 1;
  const mark = `mark-${marks}`;
  const answer = callRoute(queries, {
    method: 'POST',
    params: { server: 'demo', database: fixture.target.name },
    body: { sql: `select pg_sleep(60), '${mark}'`, level, confirm: `demo/${fixture.target.name}` },
    ...credentials,
  });
  await until(`${mark} runs`, async () => (await backendsOf(mark)) > 0);
  return { answer, mark };
}

async function backendsOf(mark: string): Promise<number> {
  const { rows } = await fixture.onTarget.query(
    `select count(*)::integer as count from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()
      and query like '%' || $1 || '%' and query like '%pg_sleep%'`,
    [mark],
  );
  return rows[0].count;
}

async function sessionOf(role: 'developer' | 'reviewer'): Promise<string> {
  return openSession((await actorOf(role)).userId, nowhere);
}

async function expectCancelled({ answer, mark }: Run): Promise<void> {
  expect((await answer).body).toContain('"type":"error"');
  await until(`${mark} is gone`, async () => (await backendsOf(mark)) === 0);
  const { rows } = await fixture.onStore.query(
    `select status from query_history join query_outcome on history_id = id where sql like '%' || $1 || '%'`,
    [mark],
  );
  expect(rows).toEqual([{ status: 'cancelled' }]);
}

const ofDeveloper = `from users u where u.username = 'developer'`;

test.each([
  ['was disabled', 'read', `update users set disabled_at = now() where username = 'developer'`],
  ['was demoted below its level', 'write', `update users set role = 'reviewer' where username = 'developer'`],
  [
    'was granted less than its level',
    'write',
    `update server_access a set level = 'read' ${ofDeveloper} and a.user_id = u.id`,
  ],
  [
    'has lost the access',
    'read',
    `delete from server_access a using users u where u.username = 'developer' and a.user_id = u.id`,
  ],
  [
    'has no session any more',
    'read',
    `update sessions s set revoked_at = now() ${ofDeveloper} and s.user_id = u.id`,
  ],
])('S05: a run is cancelled whose user %s, and no other', async (_, level, sql) => {
  const lost = await sleepAs({ session: await sessionOf('developer') }, level);
  const kept = await sleepAs({ session: await sessionOf('reviewer') }, 'read');
  await cancelRevoked();
  expect(await backendsOf(lost.mark)).toBe(1);
  // By another connection, as another instance does it.
  await fixture.onStore.query(sql);
  await cancelRevoked();
  await expectCancelled(lost);
  expect(await backendsOf(kept.mark)).toBe(1);
  await fixture.onStore.query(`update users set disabled_at = now() where username = 'reviewer'`);
  await cancelRevoked();
  await expectCancelled(kept);
});

test('S05: a demotion that leaves the level of a run leaves the run', async () => {
  const run = await sleepAs({ session: await sessionOf('developer') }, 'read');
  await fixture.onStore.query(`update users set role = 'reviewer' where username = 'developer'`);
  await cancelRevoked();
  expect(await backendsOf(run.mark)).toBe(1);
  await fixture.onStore.query(`update users set disabled_at = now() where username = 'developer'`);
  await cancelRevoked();
  await expectCancelled(run);
});

test.each([
  ['is revoked', 'update api_keys set revoked_at = now()'],
  [
    'belongs to somebody who is disabled now',
    `update users set disabled_at = now() where username = 'developer'`,
  ],
])('S05: the runs of an API key are cancelled that %s', async (_, sql) => {
  const session = await sessionOf('developer');
  const { body } = await callRoute(make, { method: 'POST', session, body: { name: 'sleeper' } });
  const run = await sleepAs({ authorization: `Bearer ${body.key}` }, 'read');
  await fixture.onStore.query(sql);
  await cancelRevoked();
  await expectCancelled(run);
});

test('S05: a download breaks off, and a job is told to end, when its user may not do it any more', async () => {
  const actor = await actorOf('developer');
  const server = await findServer(actor, 'demo');
  const stream = new Readable({ read: () => undefined });
  const broken = new Promise((resolve) => stream.once('error', resolve));
  endWithLevel(actor, openTarget(actor, server, fixture.target.name, 'owner'), stream);
  const { rows } = await fixture.onStore.query(
    `insert into jobs (id, kind, status, user_id, username, server_id, server, database)
      values (gen_random_uuid(), 'backup', 'running', $1, 'developer', $2, 'demo', 'x') returning id`,
    [actor.userId, server.id],
  );
  const isToldToEnd = async () => {
    const job = await fixture.onStore.query('select cancel_requested_at from jobs where id = $1', [
      rows[0].id,
    ]);
    return job.rows[0].cancel_requested_at !== null;
  };
  await cancelRevoked();
  expect([stream.destroyed, await isToldToEnd()]).toEqual([false, false]);
  await fixture.onStore.query(`update users set role = 'reviewer' where username = 'developer'`);
  await cancelRevoked();
  expect(await broken).toMatchObject({ code: 'forbidden' });
  expect([stream.destroyed, await isToldToEnd()]).toEqual([true, true]);
});
