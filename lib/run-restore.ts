import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import type { JobRun, JobWork } from './jobs/job-run';
import type { Endpoint } from './postgres/connection';
import {
  publishDatabase,
  requireDatabaseName,
  requireDatabaseThere,
  requireNoDatabase,
} from './postgres/new-database';
import { keptName, swapDatabase, undoSwap } from './postgres/swap-database';
import { syncGrants } from './postgres/sync-grants';
import { openTarget, type Target, withClient, withControlConnection } from './postgres/target';
import { unfinishedName } from './postgres/unfinished-database';
import { backupIdOf, requireRestorable, requireWhole } from './run-backup';
import { endBackendsOf, endpointToSweep, targetOfJob } from './run-jobs';
import {
  dropUnfinished,
  onJobConnection,
  planRestore,
  restoredShare,
  restoreUnderOtherName,
} from './run-restore-archive';
import type { Actor, Server } from './server';
import { findBackup, insertJob, loadBackup } from './store/backups';
import type { JobRow } from './store/schema';
import type { BackupRow } from './store/schema-backups';
import { findServer } from './store/servers';
import { listChoices, putChoice } from './store/walls';

/** What a restore is to make, and of what. */
export type RestoreWish = {
  database: string;
  /** The name again of a database that is there, when the restore shall take its place. */
  over?: string | undefined;
  /** Dump ids of the entries to restore; all without. */
  entries?: number[] | undefined;
};

/**
 * Begins a restore of a backup into a new database of its server, or in the place of one whose name was typed, and answers
 * the job's id. Throws AppError: `conflict` for a database that is there already and for a backup that is not whole,
 * `invalid` for a name that PostgreSQL can't keep or that was typed wrongly, `forbidden` below the owner level.
 */
export async function requestRestore(
  actor: Actor,
  backupId: string,
  { database, over, entries }: RestoreWish,
): Promise<{ job_id: string }> {
  requireDatabaseName(database);
  requireTyped(database, over);
  const backup = await findBackup(actor, backupId);
  const server = await findServer(actor, backup.server);
  const target = openTarget(actor, server, aside(server, database), 'owner');
  openTarget(actor, server, database, 'owner');
  requireWhole(backup);
  requireRestorable(backup);
  const subject = { kind: 'backup', name: backupId };
  const event = { action: 'restore.request', subject, server: server.slug, database } as const;
  const kept = over === undefined ? null : keptName(database, new Date());
  return audited(actor, { ...event, detail: { kept, picked: entries?.length ?? null } }, async (note) => {
    await withControlConnection(target, (client) =>
      kept === null ? requireNoDatabase(client, database) : requireDatabaseThere(client, database),
    );
    const payload = { kept, entries: entries ?? null };
    const job = { kind: 'restore', server, database, backupId, place: backup.place, payload } as const;
    const job_id = await insertJob(actor, job);
    note({ job: job_id });
    return { job_id };
  });
}

function requireTyped(database: string, over: string | undefined): void {
  if (over === undefined || over === database) return;
  throw new AppError('invalid', 'The name that was typed is not that of the database.', {
    hint: `Send over: "${database}" to restore in its place.`,
  });
}

/** A database to connect to while another is renamed. */
function aside({ defaultDatabase }: Pick<Server, 'defaultDatabase'>, database: string): string {
  if (database !== defaultDatabase) return defaultDatabase;
  return database === 'postgres' ? 'template1' : 'postgres';
}

/** The job that restores a backup into a new database, and puts it in the place of another where that was asked for. */
export const restoreWork: JobWork = {
  async run(run) {
    const database = run.job.database ?? '';
    const backup = await loadBackup(backupIdOf(run.job));
    const target = await targetOfJob(run.job, null);
    const plan = await planRestore(run, backup, target);
    const { endpoint, missingRoles, problems } = await restoreUnderOtherName(run, backup, { target, plan });
    const all = [...problems, ...(await finishDatabase(run, backup, target, endpoint))];
    for (const problem of all) run.log(`howdah: ${problem}`);
    run.report({ activity: `Publishing ${database}` });
    const kept = keptIn(run.job);
    const beside = { ...target.endpoint(), database: aside(target.server, database) };
    const from = unfinishedName(run.job.id);
    await onJobConnection(run, beside, (client) =>
      kept === null
        ? publishDatabase(client, from, database)
        : swapDatabase(client, { from, to: database, kept }),
    );
    if (kept !== null) run.log(`howdah: what was there is kept as ${kept}`);
    return { missing_roles: missingRoles, problems: all };
  },
  async cleanUp(job) {
    await endBackendsOf(job);
    await putBack(job);
    await dropUnfinished(job);
  },
};

/** The name under which the database stays that a restore takes the place of; null where it takes none. */
function keptIn({ payload }: JobRow): string | null {
  return typeof payload.kept === 'string' ? payload.kept : null;
}

/** A restore that died between two renames must not leave its server without the database. */
async function putBack(job: JobRow): Promise<void> {
  const kept = keptIn(job);
  const endpoint = await endpointToSweep(job);
  if (kept === null || endpoint === null) return;
  const to = job.database ?? '';
  const database = aside({ defaultDatabase: endpoint.database }, to);
  await withClient({ ...endpoint, database }, (client) => undoSwap(client, { to, kept }));
}

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
