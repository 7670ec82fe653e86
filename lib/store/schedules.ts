import 'server-only';
import { sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../errors';
import type { ScheduleEntry, ScheduleKind, ScheduleOutcome } from '../job-types';
import type { Keep } from '../retention';
import { nextRun, runsBetween, type Schedule } from '../schedule';
import type { Actor, Server } from '../server';
import type { WantedBackup } from './backups';
import { store } from './db';
import type { Store } from './schema';
import type { ScheduleRow } from './schema-backups';

/** How late a run may begin, in minutes; one that is later was missed. */
const graceMinutes = 60;

/** Runs of a schedule that are shown. */
const runsShown = 5;

export type NewSchedule = Schedule & {
  server: Pick<Server, 'id' | 'slug'>;
  database: string;
  kind: ScheduleKind;
  wanted: WantedBackup;
  keep: Keep | null;
};

/** Stores the one schedule of its kind of a database, new or again. It goes on in the name of who set it last. */
export async function putSchedule(
  actor: Actor,
  { server, ...schedule }: NewSchedule,
): Promise<{ id: string }> {
  const { keep, wanted, ...rest } = schedule;
  const row = {
    ...rest,
    keep: keep === null ? null : JSON.stringify(keep),
    wanted: JSON.stringify(wanted),
    next_at: nextRun(schedule, new Date()),
    user_id: actor.userId,
    username: actor.username,
  };
  return store()
    .insertInto('backup_schedules')
    .values({ id: uuidv7(), server_id: server.id, server: server.slug, ...row })
    .onConflict((conflict) => conflict.columns(['server_id', 'database', 'kind']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
}

/** Removes a schedule of a database. Throws AppError `not_found`. */
export async function deleteSchedule(serverId: string, database: string, kind: ScheduleKind): Promise<void> {
  const deleted = await store()
    .deleteFrom('backup_schedules')
    .where('server_id', '=', serverId)
    .where('database', '=', database)
    .where('kind', '=', kind)
    .executeTakeFirst();
  if (deleted.numDeletedRows === 0n) throw new AppError('not_found', 'There is no such schedule.');
}

/** The schedules of the servers that the actor may see, or of one database, with their last runs. */
export async function listSchedules(
  actor: Actor,
  place?: { server: string; database: string },
): Promise<ScheduleEntry[]> {
  let query = store()
    .selectFrom('backup_schedules as s')
    .innerJoin('server_access as a', (join) =>
      join.onRef('a.server_id', '=', 's.server_id').on('a.user_id', '=', actor.userId),
    )
    .selectAll('s')
    .orderBy('s.server')
    .orderBy('s.database')
    .orderBy('s.kind');
  if (place !== undefined)
    query = query.where('s.server', '=', place.server).where('s.database', '=', place.database);
  const rows = await query.execute();
  return Promise.all(rows.map(async (row) => asEntry(row, await lastRuns(row.id))));
}

async function lastRuns(id: string): Promise<ScheduleEntry['runs']> {
  const rows = await store()
    .selectFrom('schedule_runs')
    .selectAll()
    .where('schedule_id', '=', id)
    .orderBy('due_at', 'desc')
    .limit(runsShown)
    .execute();
  return rows.map(({ due_at, outcome, job_id, message }) => ({
    due_at: due_at.toISOString(),
    outcome,
    job_id,
    message,
  }));
}

function asEntry(row: ScheduleRow, runs: ScheduleEntry['runs']): ScheduleEntry {
  const { id, kind, server, database, cron, time_zone, keep, username } = row;
  const { format, jobs, destination } = row.wanted;
  const wanted = { format, jobs, destination };
  const next_at = row.next_at.toISOString();
  return { id, kind, server, database, cron, time_zone, keep, ...wanted, next_at, user: username, runs };
}

/** The schedules of backups that say what to keep. */
export async function listKeepers(): Promise<ScheduleRow[]> {
  return store()
    .selectFrom('backup_schedules')
    .selectAll()
    .where('kind', '=', 'backup')
    .where('keep', 'is not', null)
    .execute();
}

/** A run that an instance shall begin now. */
export type DueRun = { schedule: ScheduleRow; dueAt: Date };

/**
 * Takes one schedule whose time has come, so that no other instance takes the same run, and puts it on to its next. Runs
 * that are over an hour late, and all but the newest, are recorded as missed. Null when nothing is due.
 */
export async function claimDueRun(now: Date): Promise<DueRun | 'missed' | null> {
  return store()
    .transaction()
    .execute(async (db) => {
      const schedule = await db
        .selectFrom('backup_schedules')
        .selectAll()
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (schedule === undefined) return null;
      const due = [schedule.next_at, ...runsBetween(schedule, schedule.next_at, now)];
      const newest = due.at(-1) ?? schedule.next_at;
      const isLate = now.getTime() - newest.getTime() > graceMinutes * 60_000;
      const missed = isLate ? due : due.slice(0, -1);
      for (const dueAt of missed)
        await insertRun(db, { schedule, dueAt }, { outcome: 'missed', message: 'No Howdah was running.' });
      await db
        .updateTable('backup_schedules')
        .set({ next_at: nextRun(schedule, now) })
        .where('id', '=', schedule.id)
        .execute();
      return isLate ? 'missed' : { schedule, dueAt: newest };
    });
}

type RunEnd = { outcome: ScheduleOutcome; job_id?: string; message?: string };

/** Records what became of a run that was claimed. */
export async function recordRun(run: DueRun, end: RunEnd): Promise<void> {
  await store()
    .transaction()
    .execute((db) => insertRun(db, run, end));
}

async function insertRun(db: Transaction<Store>, { schedule, dueAt }: DueRun, end: RunEnd): Promise<void> {
  const { outcome, job_id = null, message = null } = end;
  await db
    .insertInto('schedule_runs')
    .values({ schedule_id: schedule.id, due_at: dueAt, outcome, job_id, message, at: sql<Date>`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
