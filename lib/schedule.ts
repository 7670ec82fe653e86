import { Cron } from 'croner';
import { AppError, errorText } from './errors';

/** When something is done: five fields of cron, read in a time zone. */
export type Schedule = { cron: string; time_zone: string };

/** Runs that are looked for at most: one a minute for a day. */
const mostRuns = 1_440;

/**
 * The first run after a moment. It is a time of the clock on the wall: where the clock is put forward over it, it is an hour
 * later that day; where it is put back, it comes once. Throws AppError `invalid` for what is no schedule or never comes.
 */
export function nextRun(schedule: Schedule, after: Date): Date {
  return nextOf(parseSchedule(schedule), schedule, after);
}

/** The runs after one moment and up to another, at most a day's worth of minutes. */
export function runsBetween(schedule: Schedule, after: Date, until: Date): Date[] {
  const cron = parseSchedule(schedule);
  const runs: Date[] = [];
  for (
    let run = nextOf(cron, schedule, after);
    run <= until && runs.length < mostRuns;
    run = nextOf(cron, schedule, run)
  )
    runs.push(run);
  return runs;
}

function nextOf(cron: Cron, schedule: Schedule, after: Date): Date {
  // Where the clock jumps, the same moment may be answered for two times on the wall.
  for (let from = after; ; from = new Date(from.getTime() + 60_000)) {
    const next = cron.nextRun(from);
    if (next === null) throw notSchedule(schedule, 'its time never comes');
    if (next > after) return next;
  }
}

function parseSchedule(schedule: Schedule): Cron {
  const { cron, time_zone } = schedule;
  if (cron.trim().split(/\s+/).length !== 5) throw notSchedule(schedule, 'it needs five fields');
  try {
    new Intl.DateTimeFormat('en', { timeZone: time_zone });
    return new Cron(cron.trim(), { timezone: time_zone, paused: true, mode: '5-part' });
  } catch (cause) {
    throw notSchedule(schedule, errorText(cause));
  }
}

function notSchedule({ cron, time_zone }: Schedule, why: string): AppError {
  return new AppError('invalid', `"${cron}" in ${time_zone} is no schedule: ${why}.`, {
    hint: 'Five fields: minute, hour, day of the month, month, day of the week. 0 2 * * * is 02:00 every day.',
  });
}
