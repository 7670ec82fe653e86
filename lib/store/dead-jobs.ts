import 'server-only';
import { sql, type Transaction } from 'kysely';
import { nowhere } from '../origin';
import { type Doer, insertAuditRow } from './audit-log';
import { store } from './db';
import { staleAfterSeconds } from './instances';
import { dequeue } from './job-queue';
import type { JobRow, Store } from './schema';

const sweeper: Doer = { userId: null, username: 'howdah', via: 'sweeper', origin: nowhere };

/** A running job that has not said for this long that it lives is taken for dead. */
const jobStaleAfterSeconds = 60;

/**
 * Marks as interrupted: the running jobs whose instance ended or fell silent, and the queued ones that a worker
 * took and never began. Answers their ids. Nothing is begun again by itself.
 */
export async function interruptDeadJobs(): Promise<string[]> {
  const jobs = await store().transaction().execute(interrupt);
  for (const { id } of jobs) await dequeue(store(), id);
  return jobs.map(({ id }) => id);
}

type DeadJob = Pick<JobRow, 'id' | 'kind' | 'username' | 'server' | 'database'>;

async function interrupt(within: Transaction<Store>): Promise<DeadJob[]> {
  const { rows } = await sql<DeadJob>`
    update jobs set status = 'interrupted', finished_at = now(), activity = null,
      message = 'The Howdah process that ran this ended before it was done. It is not begun again by itself.'
    where finished_at is null and id in (
      select j.id from jobs j left join instances i on i.id = j.instance_id
      where j.status = 'running' and (i.id is null or i.stopped_at is not null
        or i.heartbeat_at < now() - make_interval(secs => ${sql.lit(staleAfterSeconds)})
        or j.heartbeat_at < now() - make_interval(secs => ${sql.lit(jobStaleAfterSeconds)}))
      union all
      select j.id from jobs j left join graphile_worker.jobs q on q.key = j.id::text
      where j.status = 'queued' and j.created_at < now() - make_interval(secs => ${sql.lit(jobStaleAfterSeconds)})
        and (q.id is null or q.locked_at < now() - make_interval(secs => ${sql.lit(jobStaleAfterSeconds)}))
    )
    returning id, kind, username, server, database`.execute(within);
  for (const { id, kind, username, server, database } of rows) {
    const place = { server: server ?? undefined, database: database ?? undefined };
    const event = { action: 'job.interrupt', subject: { kind: 'job', name: id }, ...place } as const;
    const detail = { job: kind, of: username };
    await insertAuditRow(sweeper, { ...event, detail }, { result: 'succeeded', within });
  }
  return rows;
}

/** Ended jobs of the last day that may have left something running. */
export async function listUnsweptJobs(): Promise<JobRow[]> {
  return store()
    .selectFrom('jobs')
    .selectAll()
    .where('swept_at', 'is', null)
    .where('finished_at', '>', sql<Date>`now() - interval '1 day'`)
    .where('status', '!=', 'succeeded')
    .orderBy('id')
    .execute();
}

/** Records that nothing of an ended job runs any more. */
export async function markSwept(id: string): Promise<void> {
  await store().updateTable('jobs').set({ swept_at: sql<Date>`now()` }).where('id', '=', id).execute();
}
