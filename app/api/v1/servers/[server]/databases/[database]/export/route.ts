import { databasePlace, exportBody, exportQuery } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import type { OpenExport } from '@/lib/run-copy';
import { exportRelation, exportQuery as exportRows } from '@/lib/run-export';

/** The rows of a relation as a download, at the read level. */
export const GET = route('export', databasePlace.extend(exportQuery.shape), async (actor, input, signal) => {
  const { format, escape_formulas: escapeFormulas, timeout_ms: timeoutMs, filter, ...request } = input;
  const options = { format, escapeFormulas, timeoutMs };
  return download(await exportRelation(actor, { ...request, filters: filter }, options, signal));
});

/** The rows of a person's query as a download, at the read level. */
export const POST = route('export', databasePlace.extend(exportBody.shape), async (actor, input, signal) => {
  const { format, escape_formulas: escapeFormulas, timeout_ms: timeoutMs, ...request } = input;
  return download(await exportRows(actor, request, { format, escapeFormulas, timeoutMs }, signal));
});

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sql: 'application/sql; charset=utf-8',
} as const;

function download({ id, stream, format, disposition }: OpenExport): Response {
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
