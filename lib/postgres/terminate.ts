import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../errors';
import type { Backend } from './backend';
import { type Endpoint, sendCancelRequest } from './connection';
import { queryError } from './errors';
import { type Target, withClient, withControlConnection } from './target';

/**
 * Ends a backend that does not heed a cancel, as its own login role and over a connection beside the budget. Answers
 * whether it was still there. Throws AppError when the server can't be reached.
 */
export async function terminateBackend(target: Target, { pid, startedAt }: Backend): Promise<boolean> {
  return withControlConnection(target, async (client) => {
    const { rowCount } = await client.query(
      `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
        where pid = $1 and backend_start = $2::pg_catalog.timestamptz and usename = current_user`,
      [pid, startedAt],
    );
    return rowCount === 1;
  });
}

/** How long the backends of a job may take to go, and how often that is looked at, in milliseconds. */
const patienceMs = 10_000;
const everyMs = 100;

/** The application_name of everything that a job connects with. */
export function jobName(jobId: string): string {
  return `howdah:${jobId}`;
}

/**
 * Ends every backend of a job, in all databases of the server, as the role of `endpoint`, and answers how many there
 * were. PostgreSQL is the registry: a job's connections bear its name. Throws AppError when one stays.
 */
export async function terminateJobBackends(endpoint: Endpoint, jobId: string): Promise<number> {
  return withClient(endpoint, async (client) => {
    const deadline = Date.now() + patienceMs;
    let ended = 0;
    for (;;) {
      const { rowCount } = await client.query(
        `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
          where application_name = $1 and usename = current_user and pid <> pg_catalog.pg_backend_pid()`,
        [jobName(jobId)],
      );
      if (!rowCount) return ended;
      ended = Math.max(ended, rowCount);
      if (Date.now() > deadline) throw stays(jobId);
      await sleep(everyMs);
    }
  });
}

function stays(jobId: string): AppError {
  return new AppError('timeout', `A backend of job ${jobId} did not end within ${patienceMs / 1000} s.`, {
    hint: `In psql: select pid, state, query from pg_stat_activity where application_name = '${jobName(jobId)}'`,
  });
}

/**
 * Runs `work` on a connection that bears a job's name. When the job is to end, what runs there is cancelled. What
 * PostgreSQL says against it becomes an AppError.
 */
export async function withJobConnection<T>(
  endpoint: Endpoint,
  { jobId, signal }: { jobId: string; signal: AbortSignal },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  return withClient(endpoint, async (client) => {
    const cancel = () =>
      void sendCancelRequest(endpoint, client).catch(() => client.connection.stream.destroy());
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await client.query("select pg_catalog.set_config('application_name', $1, false)", [jobName(jobId)]);
      return await work(client);
    } catch (error) {
      const isLost = client.connection.stream.destroyed;
      throw isLost || error instanceof pg.DatabaseError ? queryError(error).error : error;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  });
}
