import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWall, refreshWall, syncDueServers } from '../run-wall';
import { queueWallChecks } from '../run-wall-check';
import { quoteIdentifier } from '../sql/literal';
import { listAudit } from '../store/audit-list';
import { findWall, putChoice } from '../store/walls';
import { actorOf, type Fixture, openFixture, requestOf, runAll } from '../testing/fixture';
import { hostileSql, hostileTables } from '../testing/hostile';
import { workOff } from '../testing/jobs';

let fixture: Fixture;
let serverId: string;

beforeAll(async () => {
  fixture = await openFixture(`set max_stack_depth = '2MB'; ${hostileSql}`);
  serverId = (await fixture.onStore.query('select id from servers')).rows[0].id;
});
afterAll(() => fixture.close());

async function wallJobs(): Promise<{ id: string; status: string }[]> {
  const sql = "select id, status from jobs where kind = 'wall' order by id";
  return (await fixture.onStore.query<{ id: string; status: string }>(sql)).rows;
}

/** PostgreSQL 14 lets everybody make objects in the schema public of the server's own database: a gap of both levels. */
async function isPublicOpen(): Promise<boolean> {
  const sql = "select current_setting('server_version_num')::int < 150000 as is_open";
  return (await fixture.onTarget.query<{ is_open: boolean }>(sql)).rows[0]?.is_open === true;
}

test('a wall that was tried today is left alone; one of yesterday is tried once, whoever asks', async ({
  onTestFinished,
}) => {
  await queueWallChecks();
  expect(await wallJobs()).toEqual([]);
  await fixture.onStore.query("update walls set checked_at = now() - interval '25 hours'");
  await Promise.all([queueWallChecks(), queueWallChecks(), queueWallChecks()]);
  const [job, ...more] = await wallJobs();
  expect(more).toEqual([]);
  await fixture.onTarget.query('grant pg_read_all_data to howdah_read');
  onTestFinished(async () => {
    await fixture.onTarget.query('revoke pg_read_all_data from howdah_read');
    await refreshWall(serverId);
  });
  const isOpen = await isPublicOpen();
  const write = isOpen ? 'gaps' : 'enforced';
  const done = await workOff(job?.id ?? '');
  expect(done).toMatchObject({
    status: 'succeeded',
    username: 'howdah',
    result: {
      problems: ['read', ...(isOpen ? ['write'] : [])].map((level) =>
        expect.stringMatching(new RegExp(`^${level}: [1-9]\\d* findings\\. An admin reads them`)),
      ),
    },
  });
  expect((await findWall(serverId)).levels.map(({ verdict }) => verdict)).toEqual(['absent', write]);
  await expect(runAll('reviewer', requestOf(fixture, 'select 1'))).rejects.toMatchObject({
    code: 'not_found',
    hint: expect.not.stringContaining('pg_read_all_data'),
  });
  const toReviewer = await readWall(await actorOf('reviewer'), 'demo');
  expect(toReviewer).toMatchObject({ steps: [], grants: [] });
  expect(toReviewer.levels).toEqual([
    { level: 'read', verdict: 'absent', reason: null, gaps: [] },
    { level: 'write', verdict: write, reason: null, gaps: [] },
  ]);
  const toAdmin = await readWall(await actorOf('admin'), 'demo');
  expect(toAdmin.levels[0]?.gaps.map(({ message }) => message).join()).toContain('pg_read_all_data');
});

test('every minute the grants are synchronised, by one instance', async () => {
  await fixture.onTarget.query('create table hostile.later as select 1 as n');
  const ask = () => runAll('reviewer', requestOf(fixture, 'select * from hostile.later'));
  await syncDueServers();
  expect((await ask()).at(-1)).toMatchObject({ type: 'error' });
  await fixture.onStore.query("update walls set synced_at = now() - interval '61 s'");
  await Promise.all([syncDueServers(), syncDueServers()]);
  expect((await ask()).at(-1)).toMatchObject({ type: 'done', row_count: 1 });
  const { items } = await listAudit({ action: 'wall.sync', limit: 9 });
  expect(items[0]).toMatchObject({
    kind: 'system',
    subject: 'demo',
    detail: { [fixture.target.name]: expect.any(Number) },
  });
});

test('S31: a mask on any name closes that column and no other, and nothing else is touched', async () => {
  const masks = hostileTables.map((name) => ({ schema: 'hostile', relation: name, column: name }));
  await putChoice(serverId, { database: fixture.target.name, schemas: ['hostile', 'public'], masks });
  const { grants } = await refreshWall(serverId);
  expect(grants.flatMap(({ problems }) => problems)).toEqual([]);
  for (const name of hostileTables) {
    const table = `hostile.${quoteIdentifier(name)}`;
    const all = await runAll('reviewer', requestOf(fixture, `select * from ${table}`));
    expect(all.at(-1), name).toMatchObject({ type: 'error', error: { sqlstate: '42501' } });
    const rest = await runAll(
      'reviewer',
      requestOf(fixture, `select "__proto__", constructor from ${table}`),
    );
    expect(rest.at(-1), name).toMatchObject({ type: 'done', row_count: 2 });
  }
  expect((await fixture.onTarget.query('select id from public.witness')).rows).toEqual([{ id: 1 }]);
});
