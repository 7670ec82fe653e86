import { jobFilter } from '@/lib/backup-request';
import { route } from '@/lib/route';
import { listJobs } from '@/lib/store/jobs';

export const GET = route('read-jobs', jobFilter, (actor, filter) => listJobs(actor, filter));
