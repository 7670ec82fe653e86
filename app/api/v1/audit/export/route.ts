import { savedAs } from '@/lib/answer-headers';
import { auditExport } from '@/lib/audit-filter';
import { NDJSON } from '@/lib/ndjson';
import { route } from '@/lib/route';
import { exportAudit } from '@/lib/run-audit';

/** Everything that the filter lets through, as a file. */
export const GET = route('read-audit', auditExport, async (actor, wanted) => {
  const stream = await exportAudit(actor, wanted);
  const type = wanted.format === 'csv' ? 'text/csv; charset=utf-8' : NDJSON;
  const headers = savedAs(`attachment; filename="howdah-audit.${wanted.format}"`, type);
  return new Response(stream, { headers });
});
