/** How many backups are kept: the newest, and the newest of so many days, weeks and months. Zero keeps none for it. */
export type Keep = { last: number; daily: number; weekly: number; monthly: number };

/** A whole backup of a database. */
export type KeptBackup = {
  id: string;
  at: Date;
  isProven: boolean;
  /** Whether a schedule took it; what somebody took by hand is theirs to remove. */
  isScheduled: boolean;
};

/**
 * The backups of a database that may go, of all its good ones. The newest good one and the newest proven one always stay,
 * whatever is to be kept; days, weeks and months are those of UTC, and empty ones count for nothing.
 */
export function chooseExpired(backups: readonly KeptBackup[], keep: Keep): string[] {
  const newestFirst = [...backups].sort((a, b) => b.at.getTime() - a.at.getTime());
  const scheduled = newestFirst.filter(({ isScheduled }) => isScheduled);
  const kept = new Set([
    ...newestFirst.slice(0, 1),
    ...newestFirst.filter(({ isProven }) => isProven).slice(0, 1),
    ...scheduled.slice(0, keep.last),
    ...newestOfEach(scheduled, dayOf).slice(0, keep.daily),
    ...newestOfEach(scheduled, weekOf).slice(0, keep.weekly),
    ...newestOfEach(scheduled, monthOf).slice(0, keep.monthly),
  ]);
  return scheduled.filter((backup) => !kept.has(backup)).map(({ id }) => id);
}

function newestOfEach(newestFirst: readonly KeptBackup[], periodOf: (at: Date) => string): KeptBackup[] {
  const periods = new Map<string, KeptBackup>();
  for (const backup of newestFirst) {
    const period = periodOf(backup.at);
    if (!periods.has(period)) periods.set(period, backup);
  }
  return [...periods.values()];
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The Monday with which the week begins. */
function weekOf(at: Date): string {
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return dayOf(new Date(at.getTime() - sinceMonday * 86_400_000));
}

function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}
