import type { DatabasePlace } from '@/components/shell/place';
import { encodeName } from '@/lib/names';
import type { ExportChoice } from './export-menu';

/** One export, as a ticket is asked for it: what stands in the address, and what in the body. */
export type ExportRequest = { place: DatabasePlace; params: URLSearchParams; body: object };

/** An export may take as long as the API lets it, in milliseconds: whoever waits for it may cancel it. */
const timeoutMs = 3_600_000;

/** The request for rows of a database in a chosen form. */
export function exportRequest(
  place: DatabasePlace,
  { format, escapeFormulas }: ExportChoice,
  { params = new URLSearchParams(), ...body }: { params?: URLSearchParams; sql?: string; columns?: string },
): ExportRequest {
  return { place, params, body: { ...body, format, escape_formulas: escapeFormulas, timeout_ms: timeoutMs } };
}

/** Where a database's rows are exported. */
export function exportPath({ server, database }: DatabasePlace): string {
  return `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/export`;
}
