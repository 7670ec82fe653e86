import 'server-only';
import { AppError } from './errors';
import { backupPlace, removeBackupFiles } from './jobs/backup-files';
import type { JobWork } from './jobs/job-run';
import { chooseExpired } from './retention';
import { insertExpiry, listGoodBackups, markExpired } from './store/kept-backups';
import { listKeepers } from './store/schedules';
import type { ScheduleRow } from './store/schema-backups';

/** The files of a database that this instance keeps and need not keep any more. */
async function expiredHere(schedule: ScheduleRow): Promise<string[]> {
  if (schedule.keep === null) return [];
  const good = await listGoodBackups(schedule);
  const here = await backupPlace();
  const expired = new Set(chooseExpired(good, schedule.keep));
  return good.filter(({ id, place }) => expired.has(id) && place === here).map(({ id }) => id);
}

/** Queues the removal of what no schedule says to keep, of this instance's own files. */
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
    const ids = await expiredHere(schedule);
    for (const [done, id] of ids.entries()) {
      run.signal.throwIfAborted();
      run.report({ activity: `Removing backup ${id}`, progress: done / ids.length });
      await markExpired(id);
      await removeBackupFiles(id);
      run.log(`howdah: removed ${id}`);
    }
    return { missing_roles: [], problems: [] };
  },
  cleanUp: async () => undefined,
};
