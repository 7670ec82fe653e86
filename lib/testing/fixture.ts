import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createTestDatabase, type TestDatabase, testServer } from '@/scripts/embedded/test-database';
import type { UserRole } from '../api-types';
import { encodeEvent } from '../ndjson-writer';
import { nowhere } from '../origin';
import type { QueryEvent } from '../query-event';
import { seedDemo } from '../run-enrol';
import { type RunRequest, startScript } from '../run-query';
import type { Actor } from '../server';
import { store, storePool } from '../store/db';
import { beat } from '../store/instances';
import { migrateStore } from '../store/migrate';
import { setEnvironment } from './environment';

export type Fixture = {
  store: TestDatabase;
  target: TestDatabase;
  /** Superuser connections of the test itself. */
  onStore: pg.Client;
  onTarget: pg.Client;
  close(): Promise<void>;
};

/**
 * A migrated store and a target database filled by `sql`, enrolled as server `demo` with the demo's three users,
 * on the tests' server. One a test file, in `beforeAll`.
 */
export async function openFixture(sql: string): Promise<Fixture> {
  const storeDatabase = await createTestDatabase();
  const target = await createTestDatabase();
  setEnvironment({ DATABASE_URL: storeDatabase.url });
  await migrateStore();
  await beat();
  const onTarget = await connectTo(target.url);
  await onTarget.query(sql);
  await seedDemo({ password: 'correct horse', serverUrl: testServer() });
  const onStore = await connectTo(storeDatabase.url);
  return {
    store: storeDatabase,
    target,
    onStore,
    onTarget,
    async close() {
      await onStore.end();
      await onTarget.end();
      await storePool().end();
      await storeDatabase.drop();
      await target.drop();
    },
  };
}

/** A folder of a test's own for backups, as HOWDAH_DATA. Set before anything reads the environment. */
export async function useDataFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'howdah-data-'));
  setEnvironment({ HOWDAH_DATA: folder });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The demo's user of this role, as requireActor would make it. */
export async function actorOf(role: UserRole): Promise<Actor> {
  const user = await store()
    .selectFrom('users')
    .selectAll()
    .where('username', '=', role)
    .executeTakeFirstOrThrow();
  const { id, username } = user;
  return { userId: id, username, role, sessionId: id, via: 'session', origin: nowhere };
}

/** A request to run `sql` on the fixture's target, with the API's defaults. */
export function requestOf(fixture: Fixture, sql: string, more: Partial<RunRequest> = {}): RunRequest {
  return {
    server: 'demo',
    database: fixture.target.name,
    sql,
    params: [],
    level: 'read',
    transaction: 'each',
    isDryRun: false,
    maxRows: Number.POSITIVE_INFINITY,
    kind: 'api',
    ...more,
  };
}

/** Runs a script to its end and answers its events as a client reads them. */
export async function runAll(
  role: UserRole,
  request: RunRequest,
  signal = new AbortController().signal,
): Promise<QueryEvent[]> {
  const { events } = await startScript(await actorOf(role), request, signal);
  const seen: QueryEvent[] = [];
  for await (const event of events)
    seen.push(JSON.parse(Buffer.from(encodeEvent(event)).toString()) as QueryEvent);
  return seen;
}

/** The one event of a type; fails the test when there is none. */
export function eventOf<T extends QueryEvent['type']>(
  events: QueryEvent[],
  type: T,
): Extract<QueryEvent, { type: T }> {
  const event = events.find((candidate) => candidate.type === type);
  if (event === undefined) throw new Error(`no ${type} in ${JSON.stringify(events).slice(0, 2000)}`);
  return event as Extract<QueryEvent, { type: T }>;
}

/** Polls until `probe` answers something true; fails with `what` after a minute. */
export async function until(what: string, probe: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await probe())) {
    if (Date.now() > deadline) throw new Error(`waited a minute: ${what}`);
    await sleep(20);
  }
}
