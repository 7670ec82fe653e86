import 'server-only';
import { audited, systemDoer } from './audited';
import { AppError, asAppError } from './errors';
import type { BackupDestination, ScheduleEntry, ScheduleKind } from './job-types';
import { backupRecipients } from './jobs/encrypt';
import { openTarget } from './postgres/target';
import type { Keep } from './retention';
import { asWanted } from './run-backup';
import { nextRun } from './schedule';
import type { Actor, Server } from './server';
import { insertBackup, insertJob, wholeDatabase } from './store/backups';
import { listGoodBackups } from './store/kept-backups';
import {
  claimDueRun,
  type DueRun,
  deleteSchedule,
  listSchedules,
  putSchedule,
  recordRun,
} from './store/schedules';
import { findServer } from './store/servers';

export type SchedulePlace = { server: string; database: string; kind: ScheduleKind };

type Wish = SchedulePlace & {
  cron: string;
  time_zone: string;
  keep: Keep | null;
  format?: 'custom' | 'directory' | undefined;
  jobs?: number | undefined;
  destination?: BackupDestination | undefined;
};

/** The schedules of one database. Throws AppError `not_found`. */
export async function readSchedules(
  actor: Actor,
  place: { server: string; database: string },
): Promise<ScheduleEntry[]> {
  await findServer(actor, place.server);
  return listSchedules(actor, place);
}

/** Sets when a database is backed up, or its newest backup proven. Throws AppError `invalid` for what is no schedule. */
export async function setSchedule(
  actor: Actor,
  { server: slug, format = 'custom', jobs, destination, ...wish }: Wish,
): Promise<{ id: string }> {
  nextRun(wish, new Date());
  const wanted = asWanted({ ...wholeDatabase, encrypt: undefined, format, jobs, destination });
  const server = await ownedServer(actor, slug);
  const { database, kind, cron, time_zone } = wish;
  const event = { action: 'backup.schedule', subject: { kind: 'schedule', name: kind } } as const;
  const detail = { cron, time_zone, keep: wish.keep, format, to: wanted.destination };
  return audited(actor, { ...event, server: slug, database, detail }, () =>
    putSchedule(actor, { server, wanted, ...wish }),
  );
}

/** Removes a schedule; what it has taken stays. Throws AppError `not_found`. */
export async function removeSchedule(
  actor: Actor,
  { server: slug, database, kind }: SchedulePlace,
): Promise<void> {
  const server = await ownedServer(actor, slug);
  const event = { action: 'backup.schedule', subject: { kind: 'schedule', name: kind } } as const;
  await audited(actor, { ...event, server: slug, database, detail: { removed: true } }, () =>
    deleteSchedule(server.id, database, kind),
  );
}

async function ownedServer(actor: Actor, slug: string): Promise<Server> {
  const server = await findServer(actor, slug);
  openTarget(actor, server, server.defaultDatabase, 'owner');
  return server;
}

/** Begins every run whose time has come. Any number of instances may do so at once: each run is begun by one. */
export async function beginDueRuns(): Promise<void> {
  for (;;) {
    const run = await claimDueRun(new Date());
    if (run === null) return;
    if (run !== 'missed') await beginRun(run);
  }
}

async function beginRun(run: DueRun): Promise<void> {
  const { server, database, kind } = run.schedule;
  const event = {
    action: 'backup.schedule',
    subject: { kind: 'schedule', name: kind },
    server,
    database,
  } as const;
  const detail = { due_at: run.dueAt.toISOString() };
  try {
    const job_id = await audited(systemDoer('scheduler'), { ...event, detail }, () => begin(run));
    await recordRun(run, { outcome: 'begun', job_id });
  } catch (error) {
    if (!(error instanceof AppError)) console.error('howdah: a scheduled run could not begin', error);
    await recordRun(run, { outcome: 'refused', message: asAppError(error).message });
  }
}

/** The job works with the rights that whoever set the schedule has when it runs, and encrypts where that is configured. */
async function begin({ schedule }: DueRun): Promise<string> {
  const { server_id, server: slug, database, user_id: userId, username, kind } = schedule;
  const server = { id: server_id, slug };
  const user = { userId, username };
  if (kind === 'backup') {
    const encrypt = backupRecipients().length > 0;
    const backup = { server, database, wanted: { ...schedule.wanted, encrypt }, scheduleId: schedule.id };
    return (await insertBackup(user, backup)).job_id;
  }
  const [newest] = await listGoodBackups(schedule);
  if (newest === undefined) throw new AppError('not_found', 'There is no good backup to prove.');
  const { id: backupId, place } = newest;
  return insertJob(user, { kind: 'verify', server, database, backupId, place });
}
