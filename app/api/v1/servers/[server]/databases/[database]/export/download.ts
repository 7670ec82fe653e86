import type { OpenExport } from '@/lib/run-copy';

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sql: 'application/sql; charset=utf-8',
} as const;

/** The answer that a browser saves as a file. */
export function download({ id, stream, format, disposition }: OpenExport): Response {
  return new Response(stream, {
    headers: {
      'cache-control': 'private, no-store, no-transform',
      'content-type': types[format],
      'content-disposition': disposition,
      'howdah-query-id': id,
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    },
  });
}
