import { databasePlace, exportBody, exportQuery } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { exportRelation, exportQuery as exportRows } from '@/lib/run-export';
import { download } from './download';

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
