import 'server-only';
import { type Selectable, sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { Page, UserRole } from '../api-types';
import { AppError } from '../errors';
import type { JobEntry, JobResult, JobStatus } from '../job-types';
import { nowhere } from '../origin';
import { includesLevel, levelInForce } from '../permissions';
import type { Actor } from '../server';
import { accessOf } from './access';
import { store } from './db';
import { dequeue } from './job-queue';
import type { JobRow, Store } from './schema';

export type JobFilter = { status?: JobStatus; kind?: string; after?: string; limit: number };

/** Jobs on the servers that the actor may see, newest first. `after` is the id of the last one seen. */
export async function listJobs(actor: Actor, filter: JobFilter): Promise<Page<JobEntry>> {
  let query = visibleJobs(actor)
    .orderBy('j.id', 'desc')
    .limit(filter.limit + 1);
  if (filter.after !== undefined) query = query.where('j.id', '<', filter.after);
  if (filter.status !== undefined) query = query.where('j.status', '=', filter.status);
  const rows = await query.execute();
  const items = rows.slice(0, filter.limit).map((row) => asEntry(row, actor));
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}

/** One job. Throws AppError `not_found` where there is none or the actor may not see its server. */
export async function findJob(actor: Actor, id: string): Promise<JobEntry & { user_id: string | null }> {
  const row = isUuid(id) ? await visibleJobs(actor).where('j.id', '=', id).executeTakeFirst() : undefined;
  if (row === undefined) throw new AppError('not_found', 'There is no such job for you.');
  return { ...asEntry(row, actor), user_id: row.user_id };
}

function visibleJobs(actor: Actor) {
  return store()
    .selectFrom('jobs as j')
    .innerJoin(accessOf(actor), 'a.server_id', 'j.server_id')
    .innerJoin('servers as s', 's.id', 'j.server_id')
    .leftJoin('backups as b', 'b.job_id', 'j.id')
    .selectAll('j')
    .select(['a.level as granted', 's.environment', 'b.whole_at']);
}

type VisibleRow = Awaited<ReturnType<ReturnType<typeof visibleJobs>['executeTakeFirstOrThrow']>>;

/** The log names objects and may quote values, so that only the owner level and who asked for the job see it. */
function asEntry(row: VisibleRow, actor: Actor): JobEntry {
  const level = levelInForce(actor.role, row.granted, row.environment);
  const maySeeLog = row.user_id === actor.userId || includesLevel(level, 'owner');
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    user: row.username,
    server: row.server ?? '',
    database: row.database ?? '',
    backup_id: typeof row.payload.backup_id === 'string' ? row.payload.backup_id : null,
    has_whole_file: row.whole_at !== null,
    sql: typeof row.payload.sql === 'string' ? row.payload.sql : null,
    progress: row.progress,
    activity: row.activity,
    log_tail: maySeeLog ? row.log_tail : '',
    message: row.message,
    result: row.result,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}

/**
 * Takes a queued job for an instance. Null when it is not queued any more: cancelled, or begun elsewhere.
 */
export async function claimJob(id: string, instanceId: string): Promise<JobRow | null> {
  const row = await store()
    .updateTable('jobs')
    .set({ status: 'running', instance_id: instanceId, started_at: sql`now()`, heartbeat_at: sql`now()` })
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

export type JobState = Pick<JobRow, 'progress' | 'activity' | 'log_tail'>;

/**
 * Writes the state of a running job (null: it has not changed) and its heartbeat. Answers whether the job is still
 * this instance's: `lost` when it was taken for dead, `cancel` when somebody wants it to end.
 */
export async function beatJob(
  id: string,
  instanceId: string,
  state: JobState | null,
): Promise<'go on' | 'cancel' | 'lost'> {
  const row = await store()
    .updateTable('jobs')
    .set({ heartbeat_at: sql`now()`, ...state })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('instance_id', '=', instanceId)
    .returning('cancel_requested_at')
    .executeTakeFirst();
  if (row === undefined) return 'lost';
  return row.cancel_requested_at === null ? 'go on' : 'cancel';
}

/** Whether somebody wants a job to end. */
export async function isCancelRequested(id: string): Promise<boolean> {
  const row = await store()
    .selectFrom('jobs')
    .select('cancel_requested_at')
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined && row.cancel_requested_at !== null;
}

export type JobOutcome = JobState & {
  status: Exclude<JobStatus, 'queued' | 'running'>;
  message: string | null;
  result: JobResult | null;
  /** Whether nothing of it runs any more; else the sweeper sees to that. */
  isSwept: boolean;
};

/** Ends a running job of this instance. Does nothing when it was taken for dead meanwhile. */
export async function finishJob(id: string, instanceId: string, outcome: JobOutcome): Promise<void> {
  const { isSwept, result, ...rest } = outcome;
  await store()
    .updateTable('jobs')
    .set({
      ...rest,
      result: result === null ? null : JSON.stringify(result),
      finished_at: sql`now()`,
      swept_at: isSwept ? sql<Date>`now()` : null,
    })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('instance_id', '=', instanceId)
    .execute();
}

/**
 * Asks a job to end. One that has not begun ends here; a running one is ended by its instance. Answers the status
 * after that, null when the job is over.
 */
export async function requestCancel(id: string): Promise<'cancelled' | 'running' | null> {
  const row = await store()
    .updateTable('jobs')
    .set({
      cancel_requested_at: sql`now()`,
      status: sql<JobStatus>`case when status = 'queued' then 'cancelled' else status end`,
      finished_at: sql<Date | null>`case when status = 'queued' then now() end`,
      swept_at: sql<Date | null>`case when status = 'queued' then now() end`,
    })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .returning('status')
    .executeTakeFirst();
  if (row?.status === 'cancelled') await dequeue(store(), id);
  return row === undefined ? null : row.status === 'cancelled' ? 'cancelled' : 'running';
}

/** The jobs that are not over, are in a person's name, and have not been told to end. */
export async function listUnfinishedJobs(): Promise<{ id: string; user_id: string; server_id: string }[]> {
  return store()
    .selectFrom('jobs')
    .select(['id', 'user_id', 'server_id'])
    .where('finished_at', 'is', null)
    .where('cancel_requested_at', 'is', null)
    .where('user_id', 'is not', null)
    .where('server_id', 'is not', null)
    .$narrowType<{ user_id: string; server_id: string }>()
    .execute();
}

/** Of these jobs, those that are over: what they worked in is left over. */
export async function listOverJobs(ids: string[]): Promise<string[]> {
  const known = ids.filter((id) => isUuid(id));
  if (known.length === 0) return [];
  const rows = await store()
    .selectFrom('jobs')
    .select('id')
    .where('id', 'in', known)
    .where('finished_at', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * The user who asked for a job, as an actor of now: work that outlives its request is done with the rights that
 * they have when it runs. Throws AppError `forbidden` when they may not sign in any more.
 */
export async function actorOfJob(job: Pick<Selectable<Store['jobs']>, 'id' | 'user_id' | 'username'>) {
  const user = await store()
    .selectFrom('users')
    .select(['id', 'username', 'role'])
    .where('id', '=', job.user_id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (user === undefined) {
    throw new AppError('forbidden', `${job.username}, who asked for this, is not a user any more.`);
  }
  const { id: userId, username, role }: { id: string; username: string; role: UserRole } = user;
  return { userId, username, role, sessionId: job.id, via: 'job', origin: nowhere } satisfies Actor;
}
