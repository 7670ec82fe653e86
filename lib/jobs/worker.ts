import 'server-only';
import { type RunnerOptions, run, type TaskList } from 'graphile-worker';
import { env } from '../env';
import type { JobKind } from '../job-types';
import { createStorePool } from '../store/db';
import { taskOf } from '../store/job-queue';
import { queueLogger } from '../store/queue-logger';
import type { JobWork } from './job-run';
import { runJob, stopJobs } from './run-job';

/** Jobs that one instance runs at once. */
const concurrency = 2;

/** A queued job is usually announced; this is how soon one that was not is found, in milliseconds. */
const pollInterval = 5_000;

type Worker = { stop(): Promise<void> };

/**
 * Takes jobs from the queue and runs them, those for any instance and those for the keeper of `place`. Once a
 * process. The pool is its own: LISTEN keeps a connection, and jobs must not wait for requests.
 */
export async function startWorker(kinds: Record<JobKind, JobWork>, place: string): Promise<Worker> {
  const pool = createStorePool(env().DATABASE_URL ?? '', concurrency + 2);
  const task = (payload: unknown) => runJob(kinds, idOf(payload));
  const taskList: TaskList = { [taskOf(null)]: task, [taskOf(place)]: task };
  const options: RunnerOptions = {
    pgPool: pool,
    taskList,
    concurrency,
    pollInterval,
    parsedCronItems: [],
    noHandleSignals: true,
    logger: queueLogger(),
  };
  const runner = await run(options).catch(async (error) => {
    await pool.end();
    throw error;
  });
  runner.promise.catch((error) => console.error(`howdah: the job queue has ended: ${error}`));
  return {
    async stop() {
      stopJobs();
      await runner.stop();
      await pool.end();
    },
  };
}

function idOf(payload: unknown): string {
  const { id } = payload as { id?: unknown };
  if (typeof id !== 'string') throw new TypeError('a queued job names no row of jobs');
  return id;
}
