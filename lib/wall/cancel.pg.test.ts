import { once } from 'node:events';
import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Deferred, deferred } from '../deferred';
import { openTarget } from '../postgres/target';
import { terminateBackend } from '../postgres/terminate';
import { cancelQuery } from '../run-cancel';
import { startScript } from '../run-query';
import { localScripts } from '../run-stoppable';
import type { Actor } from '../server';
import { findServer } from '../store/servers';
import { actorOf, eventOf, type Fixture, openFixture, requestOf, runAll, until } from '../testing/fixture';

let fixture: Fixture;
let reviewer: Actor;

beforeAll(async () => {
  fixture = await openFixture(`
    create function stubborn() returns int language plpgsql as $$
      begin loop begin perform pg_sleep(60); exception when query_canceled then null; end; end loop; end $$;
    create function at_the_gate() returns int language plpgsql set lock_timeout = 0 as $$
      begin perform pg_advisory_xact_lock_shared(609); return 609; end $$`);
  reviewer = await actorOf('reviewer');
});
afterAll(() => fixture.close());

type Running = { pid: number; started_at: string };

async function running(pattern: string): Promise<Running | undefined> {
  const sql = `select pid, backend_start::text as started_at from pg_stat_activity
    where usename = 'howdah_read' and state = 'active' and query ~ $1`;
  return (await fixture.onTarget.query<Running>(sql, [pattern])).rows[0];
}

async function begin(sql: string, signal: AbortSignal) {
  const request = requestOf(fixture, sql, { timeoutMs: 120_000 });
  const { id, events } = await startScript(reviewer, request, signal);
  const last = (async () => {
    const seen = [];
    for await (const event of events) seen.push(event);
    return seen.at(-1);
  })();
  return { id, last };
}

async function statusesOf(scriptId: string): Promise<string[]> {
  const sql =
    'select status from query_outcome where history_id in (select id from query_history where script_id = $1)';
  const { rows } = await fixture.onStore.query<{ status: string }>(sql, [scriptId]);
  return rows.map(({ status }) => status);
}

describe('a backend that heeds no cancel', () => {
  // Else PostgreSQL itself would end it some time after its connection was closed.
  const checkInterval = (value: string) =>
    fixture.onTarget.query(`alter role howdah_read set client_connection_check_interval = '${value}'`);
  beforeAll(() => checkInterval('0'));
  afterAll(() => checkInterval('2s'));

  test('is ended when its reader leaves, and no other is', async () => {
    const controller = new AbortController();
    const { id, last } = await begin('select stubborn()', controller.signal);
    const other = await begin('select pg_sleep(60), 607', new AbortController().signal);
    await until('both run', async () => Boolean((await running('stubborn')) && (await running('607'))));
    controller.abort();
    expect(await last).toMatchObject({ type: 'error', error: { sqlstate: '57014' } });
    await until('it is gone', async () => (await running('stubborn')) === undefined);
    expect(await running('607')).toBeDefined();
    expect(await statusesOf(id)).toEqual(['cancelled']);
    await cancelQuery(reviewer, other.id);
    await other.last;
  });

  test('is ended when another instance was asked to cancel it', async () => {
    const { id, last } = await begin('select stubborn()', new AbortController().signal);
    await until('it runs', async () => (await running('stubborn')) !== undefined);
    localScripts().delete(id);
    await cancelQuery(reviewer, id);
    expect(await last).toMatchObject({ type: 'error', error: { sqlstate: '57014' } });
    await until('it is gone', async () => (await running('stubborn')) === undefined);
    expect(await statusesOf(id)).toEqual(['cancelled']);
  });

  test('is known by its start too: a pid is given again', async () => {
    const controller = new AbortController();
    const { id, last } = await begin('select pg_sleep(60), 608', controller.signal);
    await until('it runs', async () => (await running('608')) !== undefined);
    const { pid, started_at: startedAt } = (await running('608')) as Running;
    const target = openTarget(reviewer, await findServer(reviewer, 'demo'), fixture.target.name, 'read');
    expect(await terminateBackend(target, { pid, startedAt: '2020-01-01 00:00:00+00' })).toBe(false);
    expect(await running('608')).toBeDefined();
    expect(await terminateBackend(target, { pid, startedAt })).toBe(true);
    await last;
    // Nobody has asked for a cancel of it.
    expect(await statusesOf(id)).toEqual(['failed']);
  });
});

describe('S61: a cancel that comes when its statement is over', () => {
  let proxy: net.Server;
  /** `taken`: what each CancelRequest waits for until the server has seen to it. */
  let cancels: { come: Deferred<void>; released: Deferred<void>; taken: Promise<unknown>[] };

  /** Stands before the server and holds up every CancelRequest until they are released. */
  beforeEach(async () => {
    cancels = { come: deferred(), released: deferred(), taken: [] };
    const upstream = new URL(fixture.target.url);
    proxy = net.createServer((socket) => {
      const server = net.connect(Number(upstream.port), upstream.hostname);
      for (const [one, other] of [
        [socket, server],
        [server, socket],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
      server.pipe(socket);
      socket.once('data', async (head) => {
        const isCancel = head.length === 16 && head.readUInt32BE(4) === 80_877_102;
        if (isCancel) {
          cancels.taken.push(once(server, 'close'));
          cancels.come.resolve();
          await cancels.released.promise;
        }
        server.write(head);
        socket.pipe(server);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as net.AddressInfo;
    await fixture.onStore.query('update servers set port = $1', [port]);
  });
  afterEach(async () => {
    await fixture.onStore.query('update servers set port = $1', [Number(new URL(fixture.target.url).port)]);
    proxy.close();
  });

  test('hits no other run', async () => {
    await runAll('reviewer', requestOf(fixture, 'select 1'));
    const controller = new AbortController();
    await fixture.onTarget.query('select pg_advisory_lock(609)');
    const { last } = await begin('select at_the_gate(), 1', controller.signal);
    await until('it runs', async () => (await running('gate.., 1')) !== undefined);
    controller.abort();
    await cancels.come.promise;
    await fixture.onTarget.query('select pg_advisory_unlock(609)');
    await last;
    await fixture.onTarget.query('select pg_advisory_lock(609)');
    const next = runAll('reviewer', requestOf(fixture, 'select at_the_gate(), 2'));
    await until('the next one runs', async () => (await running('gate.., 2')) !== undefined);
    cancels.released.resolve();
    await Promise.all(cancels.taken);
    await fixture.onTarget.query('select pg_advisory_unlock(609)');
    expect(eventOf(await next, 'rows').rows).toEqual([['609', '2']]);
  });
});
