import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { type ExportTicket, exportTicket } from './browse-schema';
import { AppError } from './errors';
import { parse } from './parse';
import { type ExportPlan, type OpenExport, openExport, statementOf } from './run-copy';
import { planQuery, planRelation } from './run-export';
import type { Actor } from './server';
import { openTicket, sealTicket } from './store/export-tickets';
import { findOpenRuns } from './store/query-history';

/**
 * A ticket for one export, with the id that its run will have: a browser that downloads by itself shows the page nothing of
 * its answer, so that the page must know the run beforehand. Nothing is recorded and nothing is sent by this. Throws AppError
 * as the export would, for what can be told without running it.
 */
export async function prepareExport(
  actor: Actor,
  request: ExportTicket,
): Promise<{ id: string; ticket: string }> {
  statementOf(await planOf(actor, request));
  const id = uuidv7();
  return { id, ticket: sealTicket(actor.userId, { id, request }) };
}

/**
 * The export of a ticket, whose rights are those of now. Throws AppError: `invalid` for a ticket that is not good, `conflict`
 * for one that was used, and all that the export throws.
 */
export async function takeExport(actor: Actor, sealed: string, signal: AbortSignal): Promise<OpenExport> {
  const { id, request } = openTicket(actor.userId, sealed);
  const plan = await planOf(actor, parse(exportTicket, request));
  // Two at once meet in the history, whose ids are unique: the second is not recorded, and so not sent.
  const { exists } = await findOpenRuns(actor, id);
  if (exists) throw new AppError('conflict', 'This ticket was used.', { hint: 'Begin the export again.' });
  return openExport({ ...plan, id }, signal);
}

function planOf(actor: Actor, request: ExportTicket): Promise<ExportPlan> {
  const { format, escape_formulas: escapeFormulas, timeout_ms: timeoutMs, ...wanted } = request;
  const options = { format, escapeFormulas, timeoutMs };
  const { relation, sql, filter: filters, ...place } = wanted;
  if (relation !== undefined && sql === undefined)
    return planRelation(actor, { ...place, relation, filters }, options);
  if (sql !== undefined && relation === undefined) return planQuery(actor, { ...place, sql }, options);
  throw new AppError('invalid', 'An export is of a relation or of a query: give one of them.');
}
