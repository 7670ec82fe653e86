import { backupFilter } from '@/lib/backup-request';
import { route } from '@/lib/route';
import { listBackups } from '@/lib/store/backups';

export const GET = route('read-backups', backupFilter, (actor, filter) => listBackups(actor, filter));
