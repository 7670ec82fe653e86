import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import type { Backend } from './api-types';
import { audited } from './audited';
import { AppError } from './errors';
import { createClient } from './postgres/connection';
import { signalBackend } from './postgres/signal';
import { openTarget } from './postgres/target';
import { endBackend, readBackends } from './run-activity';
import type { Actor } from './server';
import { findServer } from './store/servers';
import { actorOf, type Fixture, openFixture, requestOf, runAll, until } from './testing/fixture';

let fixture: Fixture;
let admin: Actor;
let developer: Actor;
let reviewer: Actor;
const opened: pg.Client[] = [];

beforeAll(async () => {
  fixture = await openFixture(
    "create table t (id int primary key, n int); insert into t values (1, 0); create role activity_app login superuser password 'x'",
  );
  [admin, developer, reviewer] = await Promise.all([
    actorOf('admin'),
    actorOf('developer'),
    actorOf('reviewer'),
  ]);
});
afterAll(async () => {
  for (const client of opened) await client.end().catch(() => undefined);
  await fixture.onTarget.query('drop role activity_app');
  await fixture.close();
});

/** A session of an application that has nothing to do with Howdah. */
async function openApp(): Promise<pg.Client> {
  const url = new URL(fixture.target.url);
  url.username = 'activity_app';
  url.password = 'x';
  const client = new pg.Client({ connectionString: url.href, application_name: 'shop' });
  client.on('error', () => undefined);
  await client.connect();
  opened.push(client);
  return client;
}

const pidOf = (client: pg.Client) => (client as pg.Client & { processID: number }).processID;

async function find(actor: Actor, is: (backend: Backend) => boolean): Promise<Backend> {
  const found = (await readBackends(actor, 'demo')).items.find(is);
  if (found === undefined) throw new Error('the backend is not in the list');
  return found;
}

const signal = (backend: Backend, action: 'cancel' | 'terminate') => ({
  pid: backend.pid,
  started_at: backend.started_at ?? '',
  reason: 'it blocks the shop',
  action,
});

test('an admin sees who waits for whom, and what they run, without passwords', async () => {
  const holder = await openApp();
  await holder.query('begin; update t set n = 1');
  const waiter = await openApp();
  const waiting = waiter.query('update t set n = 2').catch((error: pg.DatabaseError) => error.code);
  await until('one waits', async () =>
    (await readBackends(admin, 'demo')).items.some(
      ({ blocked_by, wait }) => blocked_by.includes(pidOf(holder)) && wait !== null,
    ),
  );
  const { items, level } = await readBackends(admin, 'demo');
  expect(level).toBe('owner');
  expect(items.find(({ pid }) => pid === pidOf(waiter))).toMatchObject({
    query: 'update t set n = 2',
    user: 'activity_app',
    application: 'shop',
    blocked_by: [pidOf(holder)],
    wait: 'Lock: transactionid',
    no_cancel: null,
    no_terminate: null,
  });
  expect(items.find(({ pid }) => pid === pidOf(holder))).toMatchObject({ state: 'idle in transaction' });
  await endBackend(admin, 'demo', signal(await find(admin, ({ pid }) => pid === pidOf(waiter)), 'cancel'));
  expect(await waiting).toBe('57014');
  await holder.query('rollback');
  await holder.query("alter role activity_app password 'x'");
  const seen = await find(admin, ({ pid }) => pid === pidOf(holder));
  expect(seen.query).toBe("alter role activity_app password '<redacted>'");
});

test('S24: at the shared levels another role shows neither text nor start, and cannot be signalled', async () => {
  const app = await openApp();
  await app.query("select 'CANARY of the shop'");
  for (const [actor, level] of [
    [developer, 'write'],
    [reviewer, 'read'],
  ] as const) {
    const list = await readBackends(actor, 'demo');
    expect(list.level).toBe(level);
    expect(JSON.stringify(list)).not.toContain('CANARY');
    const backend = list.items.find(({ pid }) => pid === pidOf(app));
    expect(backend).toMatchObject({ is_hidden: true, query: null, started_at: null });
    expect(backend?.no_cancel).toMatch(/hides/);
    const { started_at } = await find(admin, ({ pid }) => pid === pidOf(app));
    await expect(
      endBackend(actor, 'demo', {
        pid: pidOf(app),
        started_at: started_at ?? '',
        reason: 'why not',
        action: 'terminate',
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
  }
  await expect(app.query('select 1')).resolves.toMatchObject({ rowCount: 1 });
});

test('a developer sees what runs at both of their levels, a reviewer only at the one', async () => {
  const running = runAll(
    'developer',
    requestOf(fixture, "select pg_sleep(60), 'CANARY writer'", { level: 'write' }),
  );
  const isWriters = ({ work }: Backend) => work?.kind === 'run' && work.user === 'developer';
  await until('it runs', async () => (await readBackends(developer, 'demo')).items.some(isWriters));
  await until('it shows', async () => (await find(developer, isWriters)).query?.includes('CANARY') === true);
  expect(await find(reviewer, isWriters)).toMatchObject({ query: null, is_hidden: true });
  await endBackend(developer, 'demo', signal(await find(developer, isWriters), 'cancel'));
  expect((await running).find(({ type }) => type === 'error')).toMatchObject({
    error: { sqlstate: '57014' },
  });
});

test('one cancels a statement of their own, and nobody else does who is no owner', async () => {
  const running = runAll('reviewer', requestOf(fixture, "select pg_sleep(60), 'mine'"));
  const isMine = ({ work, query }: Backend) =>
    work?.kind === 'run' && work.user === 'reviewer' && query?.includes('pg_sleep') === true;
  await until('it runs', async () => (await readBackends(reviewer, 'demo')).items.some(isMine));
  const backend = await find(reviewer, isMine);
  expect(backend).toMatchObject({ no_cancel: null });
  expect(backend.no_terminate).toMatch(/of your own/);
  await expect(endBackend(reviewer, 'demo', signal(backend, 'terminate'))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await endBackend(reviewer, 'demo', signal(backend, 'cancel'));
  expect((await running).find(({ type }) => type === 'error')).toMatchObject({
    error: { sqlstate: '57014' },
  });
});

describe('what Howdah ran says in the history who ended it, and why', () => {
  const outcome = async (marker: string) => {
    const { rows } = await fixture.onStore.query(
      `select o.status, o.sqlstate, o.message from query_history h join query_outcome o on o.history_id = h.id
        where strpos(h.sql, $1) > 0`,
      [marker],
    );
    return rows;
  };

  async function whileRunning(marker: string, end: (backend: Backend) => Promise<unknown>) {
    const running = runAll('developer', requestOf(fixture, `select pg_sleep(60), '${marker}'`));
    const isIt = ({ query }: Backend) => query?.includes(marker) === true;
    await until('it runs', async () => (await readBackends(admin, 'demo')).items.some(isIt));
    await end(await find(admin, isIt));
    return (await running).find(({ type }) => type === 'error');
  }

  test.each([
    ['terminate', '57P01', 'Its backend was terminated by admin: it blocks the shop'],
    ['cancel', '57014', 'The statement was cancelled by admin: it blocks the shop'],
  ] as const)('%s', async (action, sqlstate, message) => {
    const marker = `ended by ${action}`;
    const error = await whileRunning(marker, (backend) => endBackend(admin, 'demo', signal(backend, action)));
    expect(error).toMatchObject({ error: { sqlstate, message } });
    expect(await outcome(marker)).toEqual([{ status: 'cancelled', sqlstate, message }]);
  });

  test('but not of who tried it in vain, nor of a backend that was ended elsewhere', async () => {
    const marker = 'ended in psql';
    await whileRunning(marker, async (backend) => {
      const event = {
        action: 'backend.terminate',
        subject: { kind: 'backend', name: String(backend.pid) },
        detail: { reason: 'in vain', run: backend.work?.id ?? '' },
      } as const;
      const refused = new AppError('query_failed', 'must be a superuser');
      await expect(audited(admin, event, () => Promise.reject(refused))).rejects.toBe(refused);
      await fixture.onTarget.query('select pg_terminate_backend($1)', [backend.pid]);
    });
    expect(await outcome(marker)).toMatchObject([
      { status: 'failed', message: expect.stringMatching(/terminating connection/) },
    ]);
  });
});

test('the pid alone names nobody: its start must be the same', async () => {
  const app = await openApp();
  const backend = await find(admin, ({ pid }) => pid === pidOf(app));
  const later = { ...signal(backend, 'terminate'), started_at: '2020-01-01T00:00:00+00:00' };
  await expect(endBackend(admin, 'demo', later)).rejects.toMatchObject({ code: 'conflict' });
  const target = openTarget(admin, await findServer(admin, 'demo'), fixture.target.name, 'owner');
  const key = { pid: backend.pid, startedAt: later.started_at };
  expect(await signalBackend(target, key, 'terminate')).toBe(false);
  await expect(app.query('select 1')).resolves.toMatchObject({ rowCount: 1 });
  await endBackend(admin, 'demo', signal(backend, 'terminate'));
  await until('it is gone', async () => {
    const { items } = await readBackends(admin, 'demo');
    return !items.some(({ pid, started_at }) => pid === backend.pid && started_at === backend.started_at);
  });
  await expect(endBackend(admin, 'demo', signal(backend, 'terminate'))).rejects.toMatchObject({
    code: 'conflict',
  });
  const { rows } = await fixture.onStore.query(
    "select result, detail ->> 'reason' as reason from audit_log where action = 'backend.terminate' and subject = $1 order by at",
    [String(backend.pid)],
  );
  expect(rows[0]).toEqual({ result: 'started', reason: 'it blocks the shop' });
  expect(rows.map(({ result }) => result)).toContain('succeeded');
});

describe('what keeps Howdah and PostgreSQL going is refused', () => {
  test('a connection of its own, and one to the store', async () => {
    const server = await findServer(admin, 'demo');
    const login = server.login('read');
    if (login === null) throw new Error('the read level is there');
    const own = createClient({ ...server, login, database: fixture.target.name });
    await own.connect();
    const pid = pidOf(own);
    const backend = await find(admin, (each) => each.pid === pid);
    expect(backend.no_terminate).toMatch(/Howdah's own/);
    await expect(endBackend(admin, 'demo', signal(backend, 'terminate'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await own.end();
    const onStore = await find(admin, ({ database }) => database === fixture.store.name);
    expect(onStore.no_cancel).toMatch(/Howdah's own/);
    expect(onStore.query).toBeNull();
  });

  test('a walsender, and a process of PostgreSQL', async () => {
    const replica = new pg.Client({ connectionString: testServer(), ...{ replication: 'true' } });
    await replica.connect();
    const { items } = await readBackends(admin, 'demo');
    const senders = items.filter(({ type }) => type === 'walsender');
    expect(senders).toHaveLength(1);
    for (const { no_cancel } of senders) expect(no_cancel).toMatch(/replica/);
    expect(items.find(({ type }) => type === 'checkpointer')?.no_terminate).toMatch(/PostgreSQL itself/);
    await replica.end();
  });
});
