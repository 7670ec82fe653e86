import type { ExportChoice } from '@/components/export/export-menu';
import { exportTimeoutMs, exportUrl } from '@/components/export/export-url';

/** The request for all rows of a query. */
export function queryExport(
  { sql, ...place }: { server: string; database: string; sql: string },
  { format, escapeFormulas }: ExportChoice,
): [url: string, init: RequestInit] {
  const body = { sql, format, escape_formulas: escapeFormulas, timeout_ms: exportTimeoutMs };
  const headers = { 'content-type': 'application/json' };
  return [exportUrl(place), { method: 'POST', headers, body: JSON.stringify(body) }];
}
