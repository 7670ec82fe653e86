import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, signIn } from '../api-client';
import type { Stack } from '../stack';
import type { App } from '../stack/app';

const path = '/api/v1/servers/demo/databases/blog/queries';

/** Longer than it takes until a dead instance's runs and jobs are settled, in milliseconds. */
const patienceMs = 90_000;

/**
 * Kills a second instance on the same store in the middle of a statement and of jobs, and answers what the first one does
 * not then know: each run and each job must be there, with an end that is true.
 */
export async function killOneOfTwo(stack: Stack, other: App): Promise<string[]> {
  const problems: string[] = [];
  const first = await signIn(stack.url, 'admin', stack.password);
  const second = await signIn(other.url, 'admin', stack.password);
  try {
    const mark = randomUUID();
    void second.text('POST', path, { sql: `select pg_sleep(60), '${mark}'` }).catch(() => undefined);
    await until(async () => (await statusOf(first, mark)) === 'running');
    const jobs = await beginJobs(first);
    await kill(other);
    const status = await settled(() => statusOf(first, mark), 'running');
    if (status !== 'unknown') problems.push(`the run of the killed instance is ${status}`);
    for (const job of jobs) {
      const end = await settled(() => jobStatus(first, job), 'queued', 'running');
      if (!['succeeded', 'interrupted'].includes(end ?? '')) problems.push(`job ${job} is ${end}`);
    }
    const again = await first.text('POST', path, { sql: `select '${mark} again'` });
    if (!again.text.includes('"done"')) problems.push(`the first instance does not go on: ${again.text}`);
  } finally {
    for (const client of [first, second]) client.close();
  }
  return problems;
}

async function beginJobs(client: ApiClient): Promise<string[]> {
  const databases = ['blog', 'practice_portal', 'pgadmin', 'unm_prep'];
  return Promise.all(
    databases.map(async (database) => {
      const { text } = await client.text('POST', `/api/v1/servers/demo/databases/${database}/backups`, {});
      return (JSON.parse(text) as { job_id: string }).job_id;
    }),
  );
}

async function kill(app: App): Promise<void> {
  process.kill(app.pid, 'SIGKILL');
  await app.exited;
}

async function statusOf(client: ApiClient, mark: string): Promise<string | undefined> {
  const { text } = await client.text('GET', `/api/v1/history?q=${mark}&limit=1`);
  return (JSON.parse(text) as { items: { status: string }[] }).items[0]?.status;
}

async function jobStatus(client: ApiClient, id: string): Promise<string | undefined> {
  return (JSON.parse((await client.text('GET', `/api/v1/jobs/${id}`)).text) as { status?: string }).status;
}

/** What is read once it is none of `open`, or the last of them when that takes too long. */
async function settled(
  read: () => Promise<string | undefined>,
  ...open: string[]
): Promise<string | undefined> {
  let value = await read();
  await until(async () => {
    value = await read();
    return value === undefined || !open.includes(value);
  });
  return value;
}

async function until(is: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline && !(await is())) await sleep(200);
}
