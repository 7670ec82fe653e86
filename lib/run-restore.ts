import 'server-only';
import { audited } from './audited';
import type { JobRun, JobWork } from './jobs/job-run';
import type { Endpoint } from './postgres/connection';
import { publishDatabase, requireDatabaseName, requireNoDatabase } from './postgres/new-database';
import { syncGrants } from './postgres/sync-grants';
import { openTarget, type Target, withControlConnection } from './postgres/target';
import { unfinishedName } from './postgres/unfinished-database';
import { backupIdOf, requireArchive, requireWhole } from './run-backup';
import { targetOfJob } from './run-jobs';
import {
  checkFile,
  dropUnfinished,
  onJobConnection,
  planRestore,
  restoredShare,
  restoreUnderOtherName,
} from './run-restore-archive';
import type { Actor } from './server';
import { findBackup, insertJob, loadBackup } from './store/backups';
import type { BackupRow } from './store/schema';
import { findServer } from './store/servers';
import { listChoices, putChoice } from './store/walls';

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
  requireArchive(backup);
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
    const plan = await planRestore(run, backup, target);
    const { endpoint, missingRoles, problems } = await restoreUnderOtherName(run, backup, { target, plan });
    const all = [...problems, ...(await finishDatabase(run, backup, target, endpoint))];
    for (const problem of all) run.log(`howdah: ${problem}`);
    run.report({ activity: `Publishing ${run.job.database}` });
    await onJobConnection(run, target.endpoint(), (client) =>
      publishDatabase(client, unfinishedName(run.job.id), run.job.database ?? ''),
    );
    return { missing_roles: missingRoles, problems: all };
  },
  cleanUp: dropUnfinished,
};

/** Gives Howdah's own roles the database, and the planner its statistics. What is refused is answered. */
async function finishDatabase(
  run: JobRun,
  backup: BackupRow,
  target: Target,
  endpoint: Endpoint,
): Promise<string[]> {
  run.report({ activity: "Granting Howdah's own roles", progress: restoredShare });
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
