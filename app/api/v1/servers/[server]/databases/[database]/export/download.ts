import { savedAs } from '@/lib/answer-headers';
import type { OpenExport } from '@/lib/run-copy';

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sql: 'application/sql; charset=utf-8',
} as const;

/** The answer that a browser saves as a file. */
export function download({ id, stream, format, disposition }: OpenExport): Response {
  const headers = savedAs(disposition, types[format]);
  const whole = { 'cache-control': `${headers['cache-control']}, no-transform` };
  return new Response(stream, { headers: { ...headers, ...whole, 'howdah-query-id': id } });
}
