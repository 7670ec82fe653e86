import 'server-only';
import { sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { HistoryEntry, Level, Page, RunKind, RunStatus } from '../api-types';
import { AppError } from '../errors';
import type { Actor } from '../server';
import { accessOf } from './access';
import { store } from './db';
import { staleAfterSeconds } from './instances';

export type HistoryFilter = {
  user?: string;
  server?: string;
  database?: string;
  status?: RunStatus;
  kind?: RunKind;
  q?: string;
  from?: string;
  to?: string;
  after?: string;
  limit: number;
};

/** The status of a run is never stored: its outcome, else `running` while its instance lives, else `unknown`. */
const status = sql<RunStatus>`coalesce(o.status, case
  when i.stopped_at is null and i.heartbeat_at > now() - make_interval(secs => ${sql.lit(staleAfterSeconds)})
  then 'running' else 'unknown' end)`;

/** Runs on the servers that the actor may see, newest first. `after` is the id of the last one seen. */
export async function listHistory(actor: Actor, filter: HistoryFilter): Promise<Page<HistoryEntry>> {
  let query = visibleRuns(actor)
    .orderBy('h.id', 'desc')
    .limit(filter.limit + 1);
  if (filter.after !== undefined) query = query.where('h.id', '<', filter.after);
  if (filter.user !== undefined) query = query.where('h.username', '=', filter.user);
  if (filter.server !== undefined) query = query.where('h.server', '=', filter.server);
  if (filter.database !== undefined) query = query.where('h.database', '=', filter.database);
  if (filter.kind !== undefined) query = query.where('h.kind', '=', filter.kind);
  if (filter.status !== undefined) query = query.where(status, '=', filter.status);
  if (filter.q !== undefined)
    query = query.where('h.sql', 'ilike', `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.from !== undefined) query = query.where('h.started_at', '>=', new Date(filter.from));
  if (filter.to !== undefined) query = query.where('h.started_at', '<', new Date(filter.to));
  const rows = await query.execute();
  const items = rows.slice(0, filter.limit).map(asEntry);
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}

/** One run. Throws AppError `not_found` where there is none or the actor may not see its server. */
export async function findHistoryEntry(actor: Actor, id: string): Promise<HistoryEntry> {
  const row = isUuid(id) ? await visibleRuns(actor).where('h.id', '=', id).executeTakeFirst() : undefined;
  if (row === undefined) throw new AppError('not_found', 'There is no such run for you.');
  return asEntry(row);
}

export type OpenRun = { id: string; userId: string; server: string; database: string; level: Level };

/** The runs of a statement id or a script id: those without an outcome, and whether there are any at all. */
export async function findOpenRuns(actor: Actor, id: string): Promise<{ open: OpenRun[]; exists: boolean }> {
  const rows = await visibleRuns(actor)
    .where((where) => where.or([where('h.id', '=', id), where('h.script_id', '=', id)]))
    .execute();
  const open = rows.filter((row) => row.finished_at === null);
  return {
    exists: rows.length > 0,
    open: open.map(({ id, user_id, server, database, level }) => ({
      id,
      userId: user_id,
      server,
      database,
      level,
    })),
  };
}

function visibleRuns(actor: Actor) {
  return store()
    .selectFrom('query_history as h')
    .innerJoin(accessOf(actor), 'a.server_id', 'h.server_id')
    .leftJoin('query_outcome as o', 'o.history_id', 'h.id')
    .leftJoin('instances as i', 'i.id', 'h.instance_id')
    .select([
      'h.id',
      'h.script_id',
      'h.statement',
      'h.kind',
      'h.user_id',
      'h.username',
      'h.server',
      'h.database',
    ])
    .select(['h.level', 'h.pid', 'h.sql', 'h.params', 'h.started_at'])
    .select(['o.rows', 'o.bytes', 'o.duration_ms', 'o.sqlstate', 'o.message', 'o.finished_at'])
    .select(status.as('status'));
}

type Row = Awaited<ReturnType<ReturnType<typeof visibleRuns>['executeTakeFirstOrThrow']>>;

function asEntry(row: Row): HistoryEntry {
  const { user_id: _, username, ...rest } = row;
  return {
    ...rest,
    user: username,
    rows: row.rows === null ? null : Number(row.rows),
    bytes: row.bytes === null ? null : Number(row.bytes),
    started_at: row.started_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}
