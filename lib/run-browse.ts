import 'server-only';
import type { Level, RowCount, RowEstimate, RowsPage } from './api-types';
import { AppError } from './errors';
import { readPage } from './postgres/browse-answer';
import { indexesOf, planEstimate, readEstimate, readPlan } from './postgres/browse-estimate';
import { type PageRequest, planCount, planPage } from './postgres/browse-page';
import { listLeadingColumns } from './postgres/catalog/leading-columns';
import { findRowSource, type RowSource } from './postgres/catalog/row-source';
import { openTarget, type Target, withConnection } from './postgres/target';
import { findPlace } from './run-place';
import { type ReadResult, type ReadStatement, readRows } from './run-read';
import { missingRelation } from './run-relations';
import type { Actor } from './server';
import { findServer } from './store/servers';
import { findWall } from './store/walls';

/** One relation of one database, by names as PostgreSQL stores them. */
export type RelationPlace = { server: string; database: string; schema: string; relation: string };

/**
 * One page of a relation's rows, recorded as one run of kind `browse`. Throws AppError: `not_found`, `invalid` for
 * an unknown column, direction, operator or cursor (nothing is sent then), `conflict` when the row that the page
 * begins after has gone, and what PostgreSQL says.
 */
export async function browseRows(
  actor: Actor,
  place: RelationPlace,
  request: PageRequest,
  signal: AbortSignal,
): Promise<RowsPage> {
  const { target, source } = await openSource(actor, place);
  const readOf = (statement: ReadStatement) => read(actor, target, source, statement, signal);
  const found = await findPlace(target, source, request, readOf);
  const first = found?.from === null ? { ...request, at: 0 } : request;
  const plan = planPage(source, first, found?.from ?? null);
  const { sql, params, from } = plan;
  const isSerial = plan.ordering.mode === 'offset';
  const told = found === null ? {} : { place: found.told };
  const answer = await readOf({ kind: 'browse', sql, params, isSerial });
  if (answer.rows.length === 0 && from?.type === 'row' && from.values.includes(0)) throw lostPlace();
  if (answer.rows.length === 0 && from?.type === 'place') {
    return { ...(await browseRows(actor, place, { ...request, at: 1 }, signal)), ...told };
  }
  const { id, duration_ms } = answer;
  const page = { ...readPage(plan, answer), ...told, query_id: id, duration_ms };
  if (page.hidden_columns.length === 0) return page;
  return { ...page, hidden_reason: await reasonOf(target, source) };
}

/** Why columns of a relation are hidden, as the grants say it that were last made. */
async function reasonOf({ server, database }: Target, { schema, name }: RowSource): Promise<string> {
  const { grants } = await findWall(server.id);
  const known = grants
    .find((report) => report.database === database)
    ?.withheld.find((each) => each.schema === schema && each.relation === name);
  if (known === undefined) return 'Never granted to this level.';
  if (known.why !== 'masked') return `Withheld, because ${known.why}.`;
  return 'Masked by an admin, or made from a masked column.';
}

/** Counts the rows under the filters, exactly; recorded, and cancelled with `signal`. Throws AppError. */
export async function countRows(
  actor: Actor,
  place: RelationPlace,
  { filters, timeoutMs }: { filters: string[]; timeoutMs?: number },
  signal: AbortSignal,
): Promise<RowCount> {
  const { target, source } = await openSource(actor, place);
  const statement = { kind: 'browse' as const, timeoutMs, ...planCount(source, filters) };
  const { id, rows, duration_ms } = await read(actor, target, source, statement, signal);
  return { count: rows[0]?.[0] ?? '0', query_id: id, duration_ms };
}

/**
 * How many rows the planner expects to meet the filters, and whether an index can find them: from EXPLAIN at the read
 * level, recorded as a run of kind `explain`. No row is read. Throws AppError.
 */
export async function estimateRows(
  actor: Actor,
  place: RelationPlace,
  filters: string[],
  signal: AbortSignal,
): Promise<RowEstimate> {
  const { target, source } = await openSource(actor, place);
  const frame = { kind: 'explain' as const, isIndexed: true, isSerial: true };
  const statement = { ...frame, ...planEstimate(source, filters) };
  const { id, rows, cut, duration_ms } = await read(actor, target, source, statement, signal);
  const plan = readPlan({ json: rows[0]?.[0] ?? '', isCut: cut.length > 0 });
  const leading = await withConnection(target, (client) => listLeadingColumns(client, indexesOf(plan)));
  return { ...readEstimate(source, plan, leading), query_id: id, duration_ms };
}

/** A relation at a level, and what its rows are read by. Throws AppError `not_found` where there is none. */
export async function openSource(
  actor: Actor,
  { server: slug, database, schema, relation }: RelationPlace,
  level: Level = 'read',
): Promise<{ target: Target; source: RowSource }> {
  const server = await findServer(actor, slug);
  const target = openTarget(actor, server, database, level);
  const source = await withConnection(target, (client) => findRowSource(client, schema, relation));
  if (source === null) throw missingRelation(schema, relation);
  return { target, source };
}

/** A relation that goes away between our two looks at it is not found, like one that was never there. */
async function read(
  actor: Actor,
  target: Target,
  { schema, name }: RowSource,
  statement: ReadStatement,
  signal: AbortSignal,
): Promise<ReadResult> {
  try {
    return await readRows(actor, target, statement, signal);
  } catch (error) {
    if (!(error instanceof AppError) || error.sqlstate !== '42P01') throw error;
    const exists = await withConnection(target, (client) => findRowSource(client, schema, name));
    throw exists === null ? missingRelation(schema, name) : error;
  }
}

function lostPlace(): AppError {
  return new AppError('conflict', 'The row that this page begins at has gone or was changed.', {
    hint: 'Go to the first or the last page.',
  });
}
