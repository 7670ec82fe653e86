import type { DatabasePlace } from '@/components/shell/place';
import { encodeName } from '@/lib/names';

/** An export may take as long as the API lets it, in milliseconds: whoever waits for it may cancel it. */
export const exportTimeoutMs = 3_600_000;

/** Where a database's rows are exported. */
export function exportUrl({ server, database }: DatabasePlace): string {
  return `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/export`;
}
