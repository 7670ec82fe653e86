import type { ExportChoice } from '@/components/export/export-menu';
import { type ExportRequest, exportRequest } from '@/components/export/export-request';

/** The request for all rows of a query. */
export function queryExport(
  { sql, ...place }: { server: string; database: string; sql: string },
  choice: ExportChoice,
): ExportRequest {
  return exportRequest(place, choice, { sql });
}
