import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorOf, eventOf, type Fixture, openFixture, requestOf, runAll } from '../testing/fixture';
import { reconcileDeadInstances } from './instances';
import { findHistoryEntry } from './query-history';

let fixture: Fixture;
let recorded: string;

beforeAll(async () => {
  fixture = await openFixture('select 1');
  recorded = eventOf(await runAll('developer', requestOf(fixture, 'select 48')), 'start').id;
});
afterAll(() => fixture.close());

/** An instance that was last heard of some seconds ago, with a run that has its intent and no outcome. */
async function leaveRun(secondsAgo: number): Promise<{ instance: string; run: string }> {
  const [instance, run] = [uuidv7(), uuidv7()];
  await fixture.onStore.query(
    `insert into instances (id, hostname, pid, version, heartbeat_at)
      values ($1, 'elsewhere', 1, '0', now() - make_interval(secs => $2))`,
    [instance, secondsAgo],
  );
  await fixture.onStore.query(
    `insert into query_history select (jsonb_populate_record(null::query_history,
        to_jsonb(h) || jsonb_build_object('id', $2::text, 'instance_id', $3::text))).*
      from query_history h where id = $1`,
    [recorded, run, instance],
  );
  return { instance, run };
}

async function statusOf(run: string): Promise<string> {
  return (await findHistoryEntry(await actorOf('admin'), run)).status;
}

async function outcomesOf(run: string): Promise<string[]> {
  const { rows } = await fixture.onStore.query('select status from query_outcome where history_id = $1', [
    run,
  ]);
  return rows.map(({ status }) => status);
}

test('S48: a run without an outcome is running while its instance lives, and then unknown: never a success', async () => {
  const { instance, run } = await leaveRun(0);
  expect(await statusOf(run)).toBe('running');
  await fixture.onStore.query(
    "update instances set heartbeat_at = now() - interval '30 seconds' where id = $1",
    [instance],
  );
  expect(await statusOf(run)).toBe('unknown');
  await reconcileDeadInstances();
  expect(await outcomesOf(run)).toEqual([]);
  await fixture.onStore.query(
    "update instances set heartbeat_at = now() - interval '61 seconds' where id = $1",
    [instance],
  );
  await Promise.all([reconcileDeadInstances(), reconcileDeadInstances()]);
  expect(await outcomesOf(run)).toEqual(['unknown']);
  expect(await statusOf(run)).toBe('unknown');
});

test('S48: neither what has ended nor what a living instance runs is touched', async () => {
  const [dead, living] = [await leaveRun(90), await leaveRun(10)];
  await fixture.onStore.query(
    `insert into query_outcome select (jsonb_populate_record(null::query_outcome,
      to_jsonb(o) || jsonb_build_object('history_id', $2::text))).* from query_outcome o where history_id = $1`,
    [recorded, dead.run],
  );
  await reconcileDeadInstances();
  expect(await outcomesOf(dead.run)).toEqual(['succeeded']);
  expect(await outcomesOf(living.run)).toEqual([]);
  expect(await statusOf(living.run)).toBe('running');
});
