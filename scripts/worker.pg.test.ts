import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maintenanceRequest } from '@/lib/operations-schema';
import { requestMaintenance } from '@/lib/run-maintenance';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from '@/lib/testing/fixture';
import { readJob, summary } from '@/lib/testing/jobs';
import { exitOf } from './children';
import { inherit, root } from './settings';

let fixture: Fixture;
let data: Awaited<ReturnType<typeof useDataFolder>>;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture('create table t (id int primary key)');
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
});

function startWorker(): ChildProcess {
  const env = {
    DATABASE_URL: fixture.store.url,
    HOWDAH_OWNER_URL: '',
    HOWDAH_DATA: data.folder,
    VITEST: undefined,
  };
  const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'];
  return spawn(process.execPath, args, { cwd: root, env: inherit(env), stdio: 'ignore' });
}

async function begin(): Promise<string> {
  const work = { action: 'analyze', schema: 'public', name: 't', kind: 'relation' };
  const request = maintenanceRequest.parse({ ...work, server: 'demo', database: fixture.target.name });
  return requestMaintenance(await actorOf('admin'), request, `demo/${fixture.target.name}`);
}

test('a worker of its own takes the jobs of this process, and ends when it is asked to', async () => {
  const id = await begin();
  const worker = startWorker();
  const exited = exitOf(worker);
  try {
    await until('the job is done', async () => (await readJob(id)).finished_at !== null);
    const job = await readJob(id);
    expect(summary(job)).toBe('succeeded');
    const { rows } = await fixture.onStore.query('select pid from instances where id = $1', [
      job.instance_id,
    ]);
    expect(rows).toEqual([{ pid: worker.pid }]);
  } finally {
    worker.kill('SIGTERM');
  }
  expect(await exited).toBe(0);
  const { rows } = await fixture.onStore.query(
    'select stopped_at is not null as is_over from instances where pid = $1',
    [worker.pid],
  );
  expect(rows).toEqual([{ is_over: true }]);
});
