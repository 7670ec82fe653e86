import 'server-only';
import type { JobKind } from './job-types';
import type { JobWork } from './jobs/job-run';
import { backupWork } from './run-backup';
import { maintenanceWork } from './run-maintenance';
import { restoreWork } from './run-restore';
import { wallWork } from './run-wall-check';

/** What each kind of job does. */
export const jobKinds: Record<JobKind, JobWork> = {
  backup: backupWork,
  restore: restoreWork,
  wall: wallWork,
  maintenance: maintenanceWork,
};
