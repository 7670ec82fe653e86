import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type ApiClient, signIn } from '../api-client';
import type { Stack } from '../stack';

const runsAtOnce = 8;
const path = '/api/v1/servers/demo/databases/blog/queries';

/** What a kill in mid-run left behind. `lost` and `wrong` must be empty. */
export type KillReport = { kills: number; runs: number; unknown: number; lost: string[]; wrong: string[] };

/**
 * Kills the app in mid-run, `kills` times, starts it again and compares what reached the target with what the
 * history says: each mark in the target has its run, and no run claims a success that is not there.
 */
export async function killInMidRun(stack: Stack, kills: number): Promise<KillReport> {
  const target = await connect(stack.serverUrl, 'blog');
  await target.query('create table if not exists marks (mark text); grant insert on marks to howdah_write');
  const report: KillReport = { kills, runs: 0, unknown: 0, lost: [], wrong: [] };
  try {
    for (let kill = 0; kill < kills; kill++) await killOnce(stack, target, report);
    return report;
  } finally {
    await target.query('drop table marks');
    await target.end();
  }
}

async function killOnce(stack: Stack, target: pg.Client, report: KillReport): Promise<void> {
  const client = await signIn(stack.url, 'developer', stack.password);
  const marks = Array.from({ length: runsAtOnce }, () => randomUUID());
  const answers = marks.map((mark) => run(client, mark).catch(() => undefined));
  await sleep(20 + Math.random() * 300);
  process.kill(stack.app().pid, 'SIGKILL');
  await stack.app().exited;
  await Promise.all(answers);
  client.close();
  await stack.restart();
  await compare(stack, target, marks, report);
}

/** Two statements: a mark in the target, then time in which the kill finds the script running. */
function run(client: ApiClient, mark: string) {
  const sql = `insert into marks values ('${mark}'); select pg_sleep(0.2), '${mark}'`;
  return client.text('POST', path, { sql, level: 'write' });
}

async function compare(stack: Stack, target: pg.Client, marks: string[], report: KillReport): Promise<void> {
  const client = await signIn(stack.url, 'developer', stack.password);
  await sleep(300);
  for (const mark of marks) {
    const { text } = await client.text('GET', `/api/v1/history?q=${mark}`);
    const { items } = JSON.parse(text) as { items: { sql: string; status: string }[] };
    const isThere = ((await target.query('select from marks where mark = $1', [mark])).rowCount ?? 0) > 0;
    const insert = items.find(({ sql }) => sql.startsWith('insert'));
    report.runs += items.length;
    report.unknown += items.filter(({ status }) => status === 'unknown').length;
    if (isThere && insert === undefined) report.lost.push(mark);
    if (!isThere && insert?.status === 'succeeded') report.wrong.push(`${mark}: succeeded, but not there`);
    for (const { status } of items) if (status === 'running') report.wrong.push(`${mark}: still running`);
  }
  client.close();
}

async function connect(serverUrl: string, database: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href,
  });
  await client.connect();
  return client;
}
