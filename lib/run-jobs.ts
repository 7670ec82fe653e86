import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import type { JobKind } from './job-types';
import { listFileIds, removeBackupFiles } from './jobs/backup-files';
import type { JobWork } from './jobs/job-run';
import { stopJob } from './jobs/run-job';
import { listWorkFolders, removeWorkFolder } from './jobs/work-folders';
import { hasPermission } from './permissions';
import type { Endpoint } from './postgres/connection';
import { openTarget, type Target } from './postgres/target';
import { terminateJobBackends } from './postgres/terminate';
import type { Actor } from './server';
import { listFailedBackups } from './store/backups';
import { interruptDeadJobs, listUnsweptJobs, markSwept } from './store/dead-jobs';
import { actorOfJob, findJob, listOverJobs, requestCancel } from './store/jobs';
import type { JobRow } from './store/schema';
import { findServer, findServerToKeep } from './store/servers';

/**
 * Cancels a job, on whichever instance it runs. Throws AppError: `not_found` for one that the actor can't see,
 * `forbidden` for another user's, `conflict` when it is over.
 */
export async function cancelJob(actor: Actor, id: string): Promise<void> {
  const job = await findJob(actor, id);
  if (job.user_id !== actor.userId && !hasPermission(actor.role, 'cancel-any-job')) {
    throw new AppError('forbidden', 'Only the user who began this job, or an admin, may cancel it.');
  }
  const { kind, server, database } = job;
  const event = { action: 'job.cancel', subject: { kind: 'job', name: id }, server, database } as const;
  await audited(actor, { ...event, detail: { job: kind, of: job.user } }, async () => {
    if ((await requestCancel(id)) === null)
      throw new AppError('conflict', `The job is over: it has ${job.status}.`);
    stopJob(id, 'cancelled');
  });
}

/**
 * A database of a job's server at the owner level, with the rights that its user has now. Null means the server's
 * default database. Throws AppError.
 */
export async function targetOfJob(job: JobRow, database: string | null): Promise<Target> {
  const actor = await actorOfJob(job);
  const server = await findServer(actor, job.server ?? '');
  return openTarget(actor, server, database ?? server.defaultDatabase, 'owner');
}

/** Where housekeeping for a job connects: its server as the owner; null when that is not enrolled any more. */
export async function endpointToSweep(job: JobRow): Promise<Endpoint | null> {
  const server = job.server_id === null ? null : await findServerToKeep(job.server_id);
  const login = server?.login('owner') ?? null;
  if (server === null || login === null) return null;
  const { host, port, tls, defaultDatabase } = server;
  return { host, port, tls, login, database: defaultDatabase };
}

/** Ends whatever of a job still runs on its server. Throws AppError when that can't be seen to. */
export async function endBackendsOf(job: JobRow): Promise<void> {
  const endpoint = await endpointToSweep(job);
  if (endpoint !== null) await terminateJobBackends(endpoint, job.id);
}

/**
 * Marks jobs of dead instances as interrupted, ends what they left on any server, and removes what they left in this
 * instance's folder. What can't be reached now is tried again by the next sweep, for a day.
 */
export async function sweepJobs(kinds: Record<JobKind, JobWork>): Promise<void> {
  await interruptDeadJobs();
  for (const job of await listUnsweptJobs()) {
    try {
      await kinds[job.kind].cleanUp(job);
      await markSwept(job.id);
    } catch (error) {
      console.error(`howdah: job ${job.id} left something behind that cannot be removed yet: ${error}`);
    }
  }
  for (const id of await listFailedBackups(await listFileIds())) await removeBackupFiles(id);
  for (const id of await listOverJobs(await listWorkFolders())) await removeWorkFolder(id);
}
