import 'server-only';
import { AppError } from './errors';
import { backupPlace } from './jobs/backup-files';
import { isRemovable, type Kept, removeBackup } from './jobs/backup-places';
import type { JobWork } from './jobs/job-run';
import { chooseExpired } from './retention';
import { insertExpiry, listGoodBackups, listUnremoved, markExpired, markRemoved } from './store/kept-backups';
import { listKeepers } from './store/schedules';
import type { ScheduleRow } from './store/schema-backups';

/**
 * The backups of a database that need not be kept any more, and what is left of those that were not kept before: those
 * that this instance can remove.
 */
async function expiredHere(schedule: ScheduleRow): Promise<Kept[]> {
  if (schedule.keep === null) return [];
  const good = await listGoodBackups(schedule);
  const expired = new Set(chooseExpired(good, schedule.keep));
  const all = [...(await listUnremoved(schedule)), ...good.filter(({ id }) => expired.has(id))];
  const removable = await Promise.all(all.map(isRemovable));
  return all.filter((_, index) => removable[index]);
}

/** Queues the removal of what no schedule says to keep: of this instance's own files, and of objects. */
export async function queueExpiry(): Promise<void> {
  for (const schedule of await listKeepers()) {
    if ((await expiredHere(schedule)).length === 0) continue;
    const { server_id, server, database } = schedule;
    await insertExpiry({ server_id, server, database, place: await backupPlace() });
  }
}

/** The job that removes the backups of a database that need not be kept; which those are is decided when it runs. */
export const expireWork: JobWork = {
  async run(run) {
    const { server_id, database } = run.job;
    const schedule = (await listKeepers()).find(
      (each) => each.server_id === server_id && each.database === database,
    );
    if (schedule === undefined)
      throw new AppError('not_found', 'The schedule that said what to keep is gone.');
    const expired = await expiredHere(schedule);
    for (const [done, backup] of expired.entries()) {
      run.signal.throwIfAborted();
      run.report({ activity: `Removing backup ${backup.id}`, progress: done / expired.length });
      await markExpired(backup.id);
      await removeBackup(backup);
      await markRemoved(backup.id);
      run.log(`howdah: removed ${backup.id}`);
    }
    return { missing_roles: [], problems: [] };
  },
  cleanUp: async () => undefined,
};
