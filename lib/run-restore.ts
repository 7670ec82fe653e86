import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import type { JobResult } from './job-types';
import { hashFile, openBackupFile } from './jobs/backup-files';
import type { JobRun, JobWork } from './jobs/job-run';
import { findClientTools } from './postgres/client-tools';
import { chooseTools, versionText } from './postgres/client-version';
import type { Endpoint } from './postgres/connection';
import {
  createDatabase,
  dropDatabase,
  publishDatabase,
  requireDatabaseName,
  requireNoDatabase,
} from './postgres/new-database';
import { restoreArchive } from './postgres/restore';
import { syncGrants } from './postgres/sync-grants';
import { connect, openTarget, type Target, withControlConnection } from './postgres/target';
import { withJobConnection } from './postgres/terminate';
import { unfinishedName } from './postgres/unfinished-database';
import { backupIdOf, requireWhole } from './run-backup';
import { endBackendsOf, endpointToSweep, targetOfJob } from './run-jobs';
import type { Actor } from './server';
import { findBackup, insertJob, loadBackup } from './store/backups';
import type { BackupRow } from './store/schema';
import { findServer } from './store/servers';
import { listChoices, putChoice } from './store/walls';

/** Shares of a restore: the checksum first, grants and statistics last, pg_restore between. */
const hashShare = 0.1;
const restoreShare = 0.8;

/**
 * Begins a restore of a backup into a new database of its server and answers the job's id. Throws AppError: `conflict` for
 * a database that is there already and for a backup that is not whole, `invalid` for a name that PostgreSQL can't keep,
 * `forbidden` below the owner level.
 */
export async function requestRestore(
  actor: Actor,
  backupId: string,
  database: string,
): Promise<{ job_id: string }> {
  requireDatabaseName(database);
  const backup = await findBackup(actor, backupId);
  const server = await findServer(actor, backup.server);
  const target = openTarget(actor, server, server.defaultDatabase, 'owner');
  requireWhole(backup);
  const subject = { kind: 'backup', name: backupId };
  const event = { action: 'restore.request', subject, server: server.slug, database } as const;
  return audited(actor, event, async (note) => {
    await withControlConnection(target, (client) => requireNoDatabase(client, database));
    const job = { kind: 'restore', server, database, backupId, place: backup.place } as const;
    const job_id = await insertJob(actor, job);
    note({ job: job_id });
    return { job_id };
  });
}

/** The job that restores a backup into a new database. */
export const restoreWork: JobWork = {
  async run(run) {
    const backup = await loadBackup(backupIdOf(run.job));
    const target = await targetOfJob(run.job, null);
    await checkFile(run, backup);
    const result = await restoreUnderOtherName(run, backup, target);
    run.report({ activity: `Publishing ${run.job.database}` });
    await onJobConnection(run, target.endpoint(), (client) =>
      publishDatabase(client, unfinishedName(run.job.id), run.job.database ?? ''),
    );
    return result;
  },
  async cleanUp(job) {
    await endBackendsOf(job);
    const endpoint = await endpointToSweep(job);
    if (endpoint === null) return;
    const client = await connect(endpoint);
    try {
      await dropDatabase(client, unfinishedName(job.id));
    } finally {
      await client.end().catch(() => undefined);
    }
  },
};

async function checkFile(run: JobRun, backup: BackupRow): Promise<void> {
  run.report({ activity: "Checking the file's SHA-256", progress: 0 });
  const total = Math.max(1, Number(backup.size_bytes));
  const handle = await openBackupFile(backup.id, backup.place);
  try {
    const onBytes = (bytes: number) => run.report({ progress: (hashShare * bytes) / total });
    if ((await hashFile(handle, run.signal, onBytes)) === backup.sha256) return;
  } finally {
    await handle.close();
  }
  throw new AppError('conflict', 'The file of this backup is not what was written: its SHA-256 differs.', {
    hint: 'Restore another backup. Check the disk that this one lies on.',
  });
}

async function restoreUnderOtherName(run: JobRun, backup: BackupRow, target: Target): Promise<JobResult> {
  const { source } = backup;
  if (source === null) throw new AppError('internal', 'The backup does not say what it was taken from.');
  const serverMajor = await readMajor(run, target.endpoint());
  const madeByMajor = Number(source.tool_version.split('.')[0]);
  const tools = chooseTools(await findClientTools(), Math.max(serverMajor, madeByMajor));
  run.log(`howdah: pg_restore ${versionText(tools)} in ${tools.folder}`);
  const endpoint = { ...target.endpoint(), database: unfinishedName(run.job.id) };
  run.report({ activity: 'Making the new database' });
  const localeProblem = await onJobConnection(run, target.endpoint(), (client) =>
    createDatabase(client, { name: endpoint.database, encoding: source.encoding, locale: source.locale }),
  );
  const { missingRoles, problems } = await restoreArchive({
    endpoint,
    tools,
    serverMajor,
    openArchive: () => openBackupFile(backup.id, backup.place),
    ownRoles: ownRoles(target),
    jobId: run.job.id,
    signal: run.signal,
    onMessage: run.log,
    onProgress: (activity, part) => run.report({ activity, progress: hashShare + restoreShare * part }),
  });
  const afterwards = await finishDatabase(run, backup, target, endpoint);
  const all = [localeProblem, ...problems, ...afterwards].filter((problem) => problem !== null);
  for (const problem of all) run.log(`howdah: ${problem}`);
  return { missing_roles: missingRoles, problems: all };
}

async function readMajor(run: JobRun, endpoint: Endpoint): Promise<number> {
  return onJobConnection(run, endpoint, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      "select pg_catalog.current_setting('server_version_num') as version",
    );
    return Math.floor(Number(rows[0]?.version) / 10_000);
  });
}

/** Gives Howdah's own roles the database, and the planner its statistics. What is refused is answered. */
async function finishDatabase(
  run: JobRun,
  backup: BackupRow,
  target: Target,
  endpoint: Endpoint,
): Promise<string[]> {
  run.report({ activity: "Granting Howdah's own roles", progress: hashShare + restoreShare });
  const problems = await grantLikeSource(run, backup, target, endpoint);
  run.report({ activity: 'Gathering statistics (ANALYZE)' });
  await onJobConnection(run, endpoint, (client) => client.query('analyze')).catch((error: Error) => {
    run.signal.throwIfAborted();
    problems.push(`analyze: ${error.message}`);
  });
  return problems;
}

/** What was chosen for the database of the backup counts for the new one too: its schemas and its masks. */
async function grantLikeSource(
  run: JobRun,
  backup: BackupRow,
  { server }: Target,
  endpoint: Endpoint,
): Promise<string[]> {
  const choices = await listChoices(server.id);
  const source = choices.find(({ database }) => database === backup.database);
  if (source === undefined) return [];
  await putChoice(server.id, { ...source, database: run.job.database ?? '' });
  const roles = { read: server.login('read')?.user ?? null, write: server.login('write')?.user ?? null };
  const { problems } = await syncGrants(endpoint, roles, { ...source, database: endpoint.database });
  return problems;
}

function ownRoles({ server }: Target): string[] {
  return (['read', 'write'] as const).flatMap((level) => server.login(level)?.user ?? []);
}

function onJobConnection<T>(
  run: JobRun,
  endpoint: Endpoint,
  work: Parameters<typeof withJobConnection<T>>[2],
) {
  return withJobConnection(endpoint, { jobId: run.job.id, signal: run.signal }, work);
}
