import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '../api-client';
import type { Stack } from '../stack';

const path = '/api/v1/servers/demo/databases/blog/queries';
/** PostgreSQL sends its rows by 8 kB: each is one of them, so that the stream flows at once. */
const sql =
  "select i, pg_sleep(0.05), repeat('x', 8192) from generate_series(1, 100000) i where 'orderly' <> ''";

/** How long the app may take to end, in seconds. */
const graceSeconds = 10;

/** Ends the app by SIGTERM while a result streams and a backup runs, and answers what was not in order. */
export async function stopInMidStream(stack: Stack): Promise<string[]> {
  const problems: string[] = [];
  const developer = await signIn(stack.url, 'developer', stack.password);
  const admin = await signIn(stack.url, 'admin', stack.password);
  const response = await developer.request('POST', path, { sql });
  let text = '';
  response.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  const ended = new Promise((resolve) => response.once('close', resolve));
  while (!text.includes('"rows"')) await sleep(20);
  const backup = await admin.text('POST', '/api/v1/servers/demo/databases/blog/backups', {});
  const { job_id } = JSON.parse(backup.text) as { job_id: string };
  const began = performance.now();
  process.kill(stack.app().pid, 'SIGTERM');
  const code = await stack.app().exited;
  const took = (performance.now() - began) / 1000;
  await ended;
  if (code !== 0) problems.push(`the exit code is ${code}`);
  if (took > graceSeconds) problems.push(`it took ${took.toFixed(1)} s`);
  const last = text.trim().split('\n').at(-1) ?? '';
  if (!last.includes('"type":"error"')) problems.push(`the stream ends with ${last.slice(0, 200)}`);
  for (const client of [developer, admin]) client.close();
  await stack.restart();
  const again = await signIn(stack.url, 'admin', stack.password);
  const history = await again.text('GET', '/api/v1/history?q=orderly&limit=1');
  const { status } = (JSON.parse(history.text) as { items: { status: string }[] }).items[0] ?? {};
  if (status !== 'cancelled') problems.push(`the history says ${status}`);
  const job = JSON.parse((await again.text('GET', `/api/v1/jobs/${job_id}`)).text) as { status: string };
  if (!['interrupted', 'succeeded'].includes(job.status)) problems.push(`the job is ${job.status}`);
  again.close();
  return problems;
}
