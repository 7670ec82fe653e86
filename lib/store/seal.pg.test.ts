import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audited } from '../audited';
import { actorOf, type Fixture, openFixture, requestOf, runAll, useDataFolder } from '../testing/fixture';
import { sealAll, tamper, verify } from '../testing/tampering';
import { insertAuditRow } from './audit-log';
import { store, storePool } from './db';
import { sealedLogs } from './mark';
import { followHead } from './seal-head';
import { openSealer } from './sealer';
import { verifySeals } from './verify-seals';

let fixture: Fixture;
let data: Awaited<ReturnType<typeof useDataFolder>>;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('create table notes (id int)');
  for (let each = 0; each < 5; each += 1) await runAll('reviewer', requestOf(fixture, `select ${each}`));
  const actor = await actorOf('admin');
  const event = { action: 'settings.change', subject: { kind: 'setting', name: 'colour' } } as const;
  for (let each = 0; each < 5; each += 1) await audited(actor, event, async () => undefined);
  await sealAll();
  await followHead(fixture.onStore);
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const logs = {
  query_history: { id: 'id', text: 'sql', at: 'started_at' },
  query_outcome: { id: 'history_id', text: 'message', at: 'finished_at' },
  audit_log: { id: 'id', text: 'subject', at: 'at' },
} as const;

/** Does something as the store's superuser, past every trigger, and answers the verdict; then all is as before. */
async function verdictOn(...statements: string[]) {
  await tamper(fixture.onStore, [
    'create table backup_of_seals as table seals',
    ...Object.keys(logs).map((log) => `create table backup_of_${log} as table ${log}`),
    ...statements,
  ]);
  const verdict = await verify();
  await tamper(
    fixture.onStore,
    ['seals', ...Object.keys(logs)].flatMap((table) => [
      `delete from ${table}`,
      `insert into ${table} select * from backup_of_${table}`,
      `drop table backup_of_${table}`,
    ]),
  );
  return verdict;
}

async function idsOf(log: keyof typeof logs): Promise<string[]> {
  const { id, at } = logs[log];
  const { rows } = await fixture.onStore.query<{ id: string }>(
    `select ${id} as id from ${log} order by ${at}`,
  );
  return rows.map((row) => row.id);
}

test('what nobody touched fits, row for row, and is not sealed twice', async () => {
  const counts = await fixture.onStore.query<{ n: number }>(
    'select (select count(*) from query_history) + (select count(*) from query_outcome) + (select count(*) from audit_log) as n',
  );
  expect(await verify()).toMatchObject({ ok: true, checked: Number(counts.rows[0]?.n), pending: 0 });
  expect(await sealAll()).toBe(0);
});

describe.each(Object.keys(logs) as (keyof typeof logs)[])('S50: in %s', (log) => {
  const { id: key, text, at } = logs[log];
  let ids: string[];
  let third: string;
  beforeEach(async () => {
    ids = await idsOf(log);
    third = ids[2] ?? '';
  });

  test.each([
    ['the text', () => `update ${log} set ${text} = 'harmless' where ${key} = '${third}'`],
    [
      'the time',
      () => `update ${log} set ${at} = ${at} + interval '1 microsecond' where ${key} = '${third}'`,
    ],
  ])('an edit of %s is named', async (_, statement) => {
    const verdict = await verdictOn(statement());
    expect(verdict).toMatchObject({ ok: false, first_bad: { log, id: third } });
    expect(verdict.first_bad?.message).toContain('changed');
  });

  test('a row that was removed is named', async () => {
    const verdict = await verdictOn(`delete from ${log} where ${key} = '${third}'`);
    expect(verdict).toMatchObject({ ok: false, first_bad: { log, id: third } });
    expect(verdict.first_bad?.message).toContain('removed');
  });

  test.each([
    ['now', 'clock_timestamp()'],
    ['as if it had been there before', `'2026-01-01'`],
  ])('a row that was inserted %s is named', async (_, moment) => {
    const stranger = '01980000-0000-7000-8000-00000000000a';
    const copy = `insert into ${log} select (jsonb_populate_record(l, jsonb_build_object('${key}', '${stranger}',
      '${at}', ${moment}::timestamptz))).* from ${log} l where ${key} = '${third}'`;
    const verdict = await verdictOn(copy);
    expect(verdict).toMatchObject({ ok: false, first_bad: { log, id: stranger } });
    expect(verdict.first_bad?.message).toContain('not written by this Howdah');
  });

  test('two rows that changed places are named', async () => {
    const fourth = ids[3] ?? '';
    const spare = '01980000-0000-7000-8000-00000000000b';
    const verdict = await verdictOn(
      `update ${log} set ${key} = '${spare}' where ${key} = '${third}'`,
      `update ${log} set ${key} = '${third}' where ${key} = '${fourth}'`,
      `update ${log} set ${key} = '${fourth}' where ${key} = '${spare}'`,
    );
    expect(verdict).toMatchObject({ ok: false, first_bad: { log, id: third } });
  });

  test('a tail that was cut, seals and all, shows where the head is remembered', async () => {
    const verdict = await verdictOn(
      `delete from seals where height = (select max(height) from seals)`,
      `delete from ${log} where ${key} = '${ids.at(-1)}'`,
    );
    expect(verdict.ok).toBe(false);
    expect(verdict.first_bad?.message).toMatch(/tail was cut|removed/);
  });
});

describe('S50: among the seals', () => {
  test.each([
    [
      'a digest that was put right',
      `update seals set digests = sha256('x') || substr(digests, 33) where height = 2`,
    ],
    ['a time that was moved', `update seals set sealed_at = sealed_at - interval '1 day' where height = 2`],
    ['a signature of somebody else', `update seals set signature = sha512('x') where height = 2`],
    ['a hash', `update seals set hash = sha256('x') where height = 2`],
    ['one that was taken out', `delete from seals where height = 2`],
    [
      'two that changed places',
      `update seals set height = case height when 2 then 3 else 2 end + 100 where height in (2, 3);
      update seals set height = height - 100 where height > 100`,
    ],
    ['all of them gone', `delete from seals`],
  ])('%s is found', async (_, statement) => {
    expect(await verdictOn(statement)).toMatchObject({ ok: false });
  });

  test('rows whose seals were cut away are missed, though the chain is whole', async () => {
    const verdict = await verdictOn(`delete from seals where height > 2`);
    expect(verdict.first_bad?.message).toContain('remembered outside the store');
  });
});

test('S50: a head that was written down elsewhere is looked for', async () => {
  const head = { height: 9_999, hash: 'ab'.repeat(32) };
  expect(await verify(['audit_log'], [head])).toMatchObject({ ok: false, first_bad: { seal: 9_999 } });
});

test('S50: a row of a stranger is not sealed by the next pass either', async () => {
  const stranger = '01980000-0000-7000-8000-00000000000c';
  const copy = `insert into audit_log select (jsonb_populate_record(l, jsonb_build_object('id', '${stranger}', 'at',
    clock_timestamp(), 'mark', null))).* from audit_log l limit 1`;
  await tamper(fixture.onStore, [copy]);
  expect(await sealAll()).toBe(0);
  expect(await verify()).toMatchObject({ ok: false, first_bad: { log: 'audit_log', id: stranger } });
  await tamper(fixture.onStore, [`delete from audit_log where id = '${stranger}'`]);
  expect(await verify()).toMatchObject({ ok: true });
});

test('a row that is committed late, after others that came later, is sealed and fits', async () => {
  const doer = await actorOf('admin');
  const event = { action: 'settings.change', subject: { kind: 'setting', name: 'late' } } as const;
  const client = await storePool().connect();
  const sealer = await openSealer(client);
  await sealer.pass();
  await store()
    .transaction()
    .execute(async (within) => {
      await runAll('reviewer', requestOf(fixture, 'select 6'));
      const late = await insertAuditRow(doer, event, { result: 'succeeded', within });
      const newer = await insertAuditRow(doer, event, { result: 'succeeded' });
      expect(late < newer).toBe(true);
      expect(await sealer.pass()).toBe(3);
    });
  expect(await verify()).toMatchObject({ ok: true, pending: 1 });
  expect(await sealer.pass()).toBe(1);
  client.release(true);
  expect(await verify()).toMatchObject({ ok: true, pending: 0 });
});

test('a store from before there were seals is taken as it is found, once', async () => {
  const old = `update query_history set mark = null; update query_outcome set mark = null; update audit_log set mark = null`;
  await tamper(fixture.onStore, ['create table kept as table seals', 'delete from seals', old]);
  expect(await sealAll()).toBeGreaterThan(10);
  expect(await verifySeals(sealedLogs, [])).toMatchObject({ ok: true, pending: 0 });
  const copy = `insert into query_history select (jsonb_populate_record(l, jsonb_build_object('id',
    '01980000-0000-7000-8000-00000000000d'))).* from query_history l limit 1`;
  await tamper(fixture.onStore, [copy]);
  expect(await sealAll()).toBe(0);
  expect(await verifySeals(sealedLogs, [])).toMatchObject({ ok: false });
});
