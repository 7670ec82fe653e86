import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLogs, historyLogs, verifyDaily, verifyLogs } from './run-verify';
import { listAudit } from './store/audit-list';
import { readSealState } from './store/seal-state';
import { actorOf, type Fixture, openFixture, requestOf, runAll, useDataFolder } from './testing/fixture';
import { sealAll, tamper } from './testing/tampering';

let fixture: Fixture;
let data: Awaited<ReturnType<typeof useDataFolder>>;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('select 1');
  await runAll('reviewer', requestOf(fixture, 'select 1'));
  await sealAll();
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const eventsOf = async (action: 'seals.verify' | 'seals.broken') =>
  (await listAudit({ action, limit: 50 })).items;

test('a verification is recorded, and its verdict is what the page shows', async () => {
  expect(await verifyLogs(await actorOf('admin'), historyLogs)).toMatchObject({ ok: true, checked: 2 });
  expect((await eventsOf('seals.verify'))[0]).toMatchObject({
    user: 'admin',
    detail: { ok: true, checked: 2 },
  });
  expect(await readSealState()).toMatchObject({
    head: { height: expect.any(Number) },
    verifications: [{ log: 'history', ok: true, checked: 2 }],
  });
});

test('those who ask at once share one', async () => {
  const admin = await actorOf('admin');
  const before = (await eventsOf('seals.verify')).length;
  const [one, two] = await Promise.all([verifyLogs(admin, auditLogs), verifyLogs(admin, auditLogs)]);
  expect(one).toBe(two);
  expect(await eventsOf('seals.verify')).toHaveLength(before + 1);
});

test('the scheduler verifies once a day, whoever asks how often', async () => {
  await verifyDaily();
  await verifyDaily();
  const own = (await eventsOf('seals.verify')).filter(({ via }) => via === 'scheduler');
  expect(own).toMatchObject([{ kind: 'system', detail: { ok: true } }]);
});

test('S50: what does not fit is a security event that names the row', async () => {
  await tamper(fixture.onStore, ["update query_history set sql = 'select 2'"]);
  const { first_bad } = await verifyLogs(await actorOf('admin'), historyLogs);
  expect(first_bad).toMatchObject({ log: 'query_history' });
  expect(await eventsOf('seals.broken')).toMatchObject([
    { kind: 'security', result: 'failed', subject_kind: 'query_history', subject: first_bad?.id },
  ]);
  expect((await readSealState()).verifications[0]).toMatchObject({
    ok: false,
    first_bad: first_bad?.message,
  });
});
