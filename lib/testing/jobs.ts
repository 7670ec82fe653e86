import type { JobEntry } from '../job-types';
import { runJob } from '../jobs/run-job';
import { jobKinds } from '../run-job-kinds';
import { store } from '../store/db';
import type { JobRow } from '../store/schema';

/** Runs a queued job here and now, as a worker would, and answers its row. */
export async function workOff(jobId: string): Promise<JobRow> {
  await runJob(jobKinds, jobId);
  return readJob(jobId);
}

/** A job's row. */
export async function readJob(jobId: string): Promise<JobRow> {
  return store().selectFrom('jobs').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
}

/** A job's end in one line, for an assertion that says why. */
export function summary(job: Pick<JobRow | JobEntry, 'status' | 'message' | 'log_tail'>): string {
  return job.status === 'succeeded' ? 'succeeded' : `${job.status}: ${job.message}\n${job.log_tail}`;
}

export { wholeDatabase } from '../store/backups';
