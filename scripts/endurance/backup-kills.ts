import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type ApiClient, signIn } from '../api-client';
import { ask } from '../bench/jobs';
import type { Stack } from '../stack';

const database = 'practice_portal';

/** How long what a killed app left may stay, in milliseconds. */
const patienceMs = 60_000;

/**
 * What kills in mid-backup left behind: `wrong` must be empty. `caught` counts those that met a running job, `whole` of
 * these the backups whose file was whole by then.
 */
export type BackupKillReport = { kills: number; caught: number; whole: number; wrong: string[] };

/**
 * Kills the app while it takes, proves or restores a backup, starts it again, and looks for what stayed: partial files,
 * scratch databases, backends of the job, and a backup that is offered although it is not whole.
 */
export async function killInMidBackup(stack: Stack, kills: number): Promise<BackupKillReport> {
  const server = new pg.Client({ connectionString: stack.serverUrl });
  await server.connect();
  const report: BackupKillReport = { kills, caught: 0, whole: 0, wrong: [] };
  try {
    const whole = await takeWhole(stack);
    for (let kill = 0; kill < kills; kill += 1) {
      const job = await killOnce(stack, stages[kill % stages.length] ?? 'dump', whole);
      await expectClean(stack, server, { job, report });
    }
    return report;
  } finally {
    await server.end();
  }
}

type Begun = { id?: string; job_id: string };
type Job = { status: string; finished_at: string | null };

async function takeWhole(stack: Stack): Promise<string> {
  const client = await signIn(stack.url, 'admin', stack.password);
  const { id, job_id } = await ask<Required<Begun>>(client, 'POST', pathOfBackups, {});
  while ((await ask<Job>(client, 'GET', `/api/v1/jobs/${job_id}`)).finished_at === null) await sleep(200);
  client.close();
  return id;
}

const pathOfBackups = `/api/v1/servers/demo/databases/${database}/backups`;

/** A kill comes anywhere in a backup, as soon as its file is whole and is being summed, or anywhere in a proof. */
const stages = ['dump', 'sums', 'proof'] as const;

/** Begins a backup, or a proof of `whole`, and kills the app at a stage of it. */
async function killOnce(stack: Stack, stage: (typeof stages)[number], whole: string): Promise<Begun> {
  const client = await signIn(stack.url, 'admin', stack.password);
  const url = stage === 'proof' ? `/api/v1/backups/${whole}/verify` : pathOfBackups;
  const begun = await ask<Begun>(client, 'POST', url, {});
  if (stage === 'sums') await waitUntilWhole(client, begun.id ?? '');
  else await sleep(Math.random() * 1_200);
  client.close();
  process.kill(stack.app().pid, 'SIGKILL');
  await stack.app().exited;
  await stack.restart();
  return begun;
}

async function waitUntilWhole(client: ApiClient, id: string): Promise<void> {
  const isOn = ({ status }: Backup) => status === 'queued' || status === 'running';
  while (isOn(await ask<Backup>(client, 'GET', `/api/v1/backups/${id}`))) await sleep(20);
}

type Left = { job: Begun; report: BackupKillReport };

async function expectClean(stack: Stack, server: pg.Client, { job, report }: Left): Promise<void> {
  const client = await signIn(stack.url, 'admin', stack.password);
  const deadline = Date.now() + patienceMs;
  const look = async () => {
    const { status, finished_at } = await ask<Job>(client, 'GET', `/api/v1/jobs/${job.job_id}`);
    const left = [...(await partialFiles(stack)), ...(await orphans(server))];
    return { status, left: finished_at === null ? [`job ${job.job_id} is ${status}`, ...left] : left };
  };
  let seen = await look();
  while (seen.left.length > 0 && Date.now() < deadline) {
    await sleep(500);
    seen = await look();
  }
  report.wrong.push(...seen.left);
  if (seen.status === 'interrupted') report.caught += 1;
  else if (seen.status !== 'succeeded') report.wrong.push(`the job reads ${seen.status}`);
  if (job.id !== undefined && seen.status === 'interrupted')
    await expectWholeOrNothing(stack, client, { id: job.id, report });
  client.close();
}

type Backup = { status: string; sha256: string | null };

/** A killed backup is offered when its file is what was recorded, and else there is no file of it. */
async function expectWholeOrNothing(
  stack: Stack,
  client: ApiClient,
  { id, report }: { id: string; report: BackupKillReport },
): Promise<void> {
  const backup = await ask<Backup>(client, 'GET', `/api/v1/backups/${id}`);
  const response = await client.request('GET', `/api/v1/backups/${id}/file`);
  const hash = createHash('sha256');
  for await (const chunk of response) hash.update(chunk);
  if (backup.status === 'succeeded') {
    report.whole += 1;
    if (response.statusCode !== 200 || hash.digest('hex') !== backup.sha256)
      report.wrong.push('the file of a killed backup that is offered is not what was recorded');
    return;
  }
  if (response.statusCode !== 409)
    report.wrong.push(`the file of a killed backup was answered with ${response.statusCode}`);
  const left = (await readdir(folderOf(stack))).filter((name) => name.startsWith(id));
  report.wrong.push(...left.map((name) => `${name} of a killed backup stayed`));
}

function folderOf(stack: Stack): string {
  return path.join(path.dirname(stack.logFile), 'backups');
}

async function partialFiles(stack: Stack): Promise<string[]> {
  const names = await readdir(folderOf(stack));
  return names.filter((name) => name.endsWith('.partial'));
}

/** Backends that bear a job's name, and databases that a restore did not finish. */
async function orphans(server: pg.Client): Promise<string[]> {
  const { rows } = await server.query<{ name: string }>(
    `select application_name || ' ' || pid as name from pg_stat_activity where application_name ~ '^howdah:.{36}$'
      union all select datname from pg_database where datname like 'howdah_restore_%'`,
  );
  return rows.map(({ name }) => name);
}
