import { Badge, type Tone } from '@/components/ui/badge';
import type { JobKind, JobStatus } from '@/lib/job-types';

const tones: Record<JobStatus, Tone> = {
  queued: 'neutral',
  running: 'accent',
  succeeded: 'success',
  failed: 'danger',
  cancelled: 'neutral',
  interrupted: 'warning',
};

/** A job's status in words. */
export const jobStatusWords: Record<JobStatus, string> = {
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

/** A kind of job in words. */
export const jobKindWords: Record<JobKind, string> = {
  backup: 'Backup',
  restore: 'Restore',
  verify: 'Verification',
  expire: 'Retention',
  wall: 'Wall check',
  maintenance: 'Maintenance',
};

/** Whether nothing will change any more. */
export function isOver(status: JobStatus): boolean {
  return status !== 'queued' && status !== 'running';
}

/** A job's status as a badge. */
export function JobStatusBadge({ status }: { status: JobStatus }) {
  return <Badge tone={tones[status]}>{jobStatusWords[status]}</Badge>;
}
