import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestBackup } from './run-backup';
import { glanceAtBackups } from './run-backup-state';
import { requestVerify } from './run-prove';
import { setSchedule } from './run-schedules';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary, wholeDatabase, workOff } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('create table t (id int); insert into t values (1)');
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

const place = () => ({ server: 'demo', database: fixture.target.name });

async function stateOf(database: string) {
  const { states, away } = await glanceAtBackups(await actorOf('admin'));
  expect(away).toEqual([]);
  return states.find((state) => state.database === database);
}

test('the state of a database goes from no backup to a proven one on a schedule, and back where a try fails', async () => {
  const admin = await actorOf('admin');
  expect(await stateOf(fixture.target.name)).toMatchObject({ last: null, problems: ['missing'] });
  const { id, job_id } = await requestBackup(admin, place(), wholeDatabase);
  expect(summary(await workOff(job_id))).toBe('succeeded');
  expect(await stateOf(fixture.target.name)).toMatchObject({ last: { id }, problems: ['unproven'] });
  await workOff((await requestVerify(admin, id, undefined)).job_id);
  const daily = { cron: '0 2 * * *', time_zone: 'UTC', keep: null };
  await setSchedule(admin, { ...place(), kind: 'backup', ...daily });
  const well = await stateOf(fixture.target.name);
  expect(well).toMatchObject({ problems: [], sizes: [well?.last?.size_bytes] });
  expect(Date.parse(well?.next_at ?? '')).toBeGreaterThan(Date.now());
  expect(well?.proven_at).not.toBeNull();

  const missing = { ...wholeDatabase, relations: [{ schema: 'public', relation: 'nowhere' }] };
  const failing = await requestBackup(admin, place(), missing);
  expect((await workOff(failing.job_id)).status).toBe('failed');
  expect(await stateOf(fixture.target.name)).toMatchObject({ last: { id }, problems: ['failed'] });
  await fixture.onStore.query(
    `insert into schedule_runs (schedule_id, due_at, outcome) select id, now(), 'missed' from backup_schedules`,
  );
  expect((await stateOf(fixture.target.name))?.problems).toEqual(['failed', 'late']);
});

test('a database that is gone stays, with its backup; servers of others do not exist', async () => {
  await fixture.onStore.query("update backups set database = 'gone with the wind'");
  expect(await stateOf('gone with the wind')).toMatchObject({ last: { size_bytes: expect.any(Number) } });
  await fixture.onStore.query(
    'delete from server_access where user_id = (select id from users where username = $1)',
    ['reviewer'],
  );
  expect((await glanceAtBackups(await actorOf('reviewer'))).states).toEqual([]);
});
