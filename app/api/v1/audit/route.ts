import { auditFilter } from '@/lib/audit-filter';
import { route } from '@/lib/route';
import { listAudit } from '@/lib/store/audit-list';

export const GET = route('read-audit', auditFilter, (_, filter) => listAudit(filter));
