import 'server-only';
import type { AuditAction } from './audit-types';
import { audited, systemDoer } from './audited';
import type { JobKind } from './job-types';
import type { JobWork } from './jobs/job-run';
import { nowhere } from './origin';
import { backupWork } from './run-backup';
import { maintenanceWork } from './run-maintenance-job';
import { proveWork } from './run-prove';
import { restoreWork } from './run-restore';
import { expireWork } from './run-retention';
import { wallWork } from './run-wall-check';
import type { JobRow } from './store/schema';

/** What each kind of job does, and how that is recorded. */
export const jobKinds: Record<JobKind, JobWork> = {
  backup: recorded('backup.run', backupWork),
  restore: recorded('restore.run', restoreWork),
  verify: recorded('backup.prove', proveWork),
  expire: recorded('backup.expire', expireWork),
  wall: recorded('wall.try', wallWork),
  maintenance: recorded('maintenance.run', maintenanceWork),
};

/** The same work with its row in the audit log: in the name of who asked for it, or of the scheduler. */
function recorded(action: AuditAction, work: JobWork): JobWork {
  return { ...work, run: (run) => audited(doerOf(run.job), eventOf(action, run.job), () => work.run(run)) };
}

function doerOf({ user_id, username }: JobRow) {
  if (user_id === null) return systemDoer('scheduler');
  return { userId: user_id, username, via: 'job', origin: nowhere } as const;
}

function eventOf(action: AuditAction, { id, server, database }: JobRow) {
  const place = { server: server ?? undefined, database: database ?? undefined };
  return { action, subject: { kind: 'job', name: id }, ...place };
}
