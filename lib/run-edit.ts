import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { RelationKind } from './api-types';
import type { EditConflict, EditPreview, EditResult, RowChange, ShownCell } from './edit-types';
import { AppError } from './errors';
import { hasPermission, includesLevel } from './permissions';
import { listCascades } from './postgres/catalog/cascades';
import type { RowSource } from './postgres/catalog/row-source';
import { countCascades, readCascades } from './postgres/edit-cascade';
import { type ChangePlan, isUnchanged, planChange, readLocked } from './postgres/edit-plan';
import { rowCondition } from './postgres/edit-row';
import { type ExecuteEnd, execute } from './postgres/execute';
import { createRowEncoder } from './postgres/rows';
import { beginFrame, commitFrame, continueFrame, type Session, stayOpen } from './postgres/session';
import { withConnection } from './postgres/target';
import type { Cell } from './query-event';
import { openSource, type RelationPlace } from './run-browse';
import { adviseOnDenied } from './run-denied';
import { collectRows, readRows } from './run-read';
import { defaultTimeout, runRecorded } from './run-recorded';
import { runStoppable, type StoppableRun } from './run-stoppable';
import type { Actor } from './server';
import { findServer } from './store/servers';

/** Whether a user may change rows of such a relation on a server, as far as is known before trying. */
export async function mayEdit(actor: Actor, slug: string, kind: RelationKind): Promise<boolean> {
  if (!hasPermission(actor.role, 'edit-rows') || !['table', 'partitioned_table'].includes(kind)) return false;
  const server = await findServer(actor, slug);
  return (
    includesLevel(server.level, 'write') &&
    server.login('write') !== null &&
    server.whyClosed('write') === null
  );
}

/** Nothing stands: what went wrong, at which change (from 0), and the row as it is now where that is the reason. */
export type EditRefusal = EditConflict & { error: AppError };

/**
 * What changes would run, as the text that will be sent, and what deletes would reach through foreign keys, counted at
 * the read level. Changes nothing. Throws AppError: `forbidden` below the write level, `invalid`, `not_found`.
 */
export async function previewEdits(
  actor: Actor,
  place: RelationPlace,
  changes: RowChange[],
  signal: AbortSignal,
): Promise<EditPreview> {
  const { source } = await openSource(actor, place, 'write');
  const statements = changes.map((change) => planChange(source, change).sql);
  const conditions = changes.flatMap((change) =>
    change.type === 'delete' ? [rowCondition(source, change.row)] : [],
  );
  if (conditions.length === 0) return { statements, cascades: [] };
  const { target } = await openSource(actor, place);
  const paths = await withConnection(target, (client) => listCascades(client, source.oid));
  const sql = countCascades(source, conditions, paths);
  if (sql === null) return { statements, cascades: readCascades(paths, []) };
  const { rows } = await readRows(actor, target, { kind: 'browse', sql, params: [] }, signal);
  return { statements, cascades: readCascades(paths, rows[0] ?? []) };
}

/**
 * Makes all changes in one transaction at the write level, or none. Each row is read and held first: one that is not what
 * was shown is a conflict. Each statement must change exactly one row, and is recorded like a person's own. Throws
 * AppError: `forbidden` below the write level, `invalid` (nothing is sent then), `not_found`.
 */
export async function applyEdits(
  actor: Actor,
  place: RelationPlace,
  changes: RowChange[],
  signal: AbortSignal,
): Promise<EditResult | EditRefusal> {
  const { target, source } = await openSource(actor, place, 'write');
  const plans = changes.map((change) => planChange(source, change));
  const script = { id: uuidv7(), actor, target, controller: new AbortController() };
  return runStoppable(script, signal, async (session) => {
    const run: EditRun = { ...script, session, sent: [], ms: 0 };
    const refusal = await runPlans(run, source, plans);
    if (refusal === null) {
      const statements = plans.map(({ sql }) => sql);
      return { applied: plans.length, statements, query_ids: run.sent, duration_ms: run.ms };
    }
    if (refusal.error.sqlstate !== '42501') return refusal;
    await session.close();
    const statement = plans[refusal.change]?.sql ?? '';
    return { ...refusal, error: await adviseOnDenied(target, statement, refusal.error) };
  });
}

type EditRun = StoppableRun & {
  session: Session;
  /** The history ids of what was sent. */
  sent: string[];
  ms: number;
};

/** Runs plans up to the first that may not stand, and answers that one. Whoever closes the session rolls back. */
async function runPlans(run: EditRun, source: RowSource, plans: ChangePlan[]): Promise<EditRefusal | null> {
  for (const [change, plan] of plans.entries()) {
    const isLast = change === plans.length - 1;
    const refusal = (await holdRow(run, source, plan)) ?? (await changeRow(run, plan.sql, isLast));
    if (refusal !== null) return { theirs: null, ...refusal, change };
  }
  return null;
}

type Refusal = { error: AppError; theirs?: ShownCell[] };

/** Holds the row of a change to the end of the transaction, if it still is what was shown. */
async function holdRow(
  run: EditRun,
  { schema, name }: RowSource,
  { lock }: ChangePlan,
): Promise<Refusal | null> {
  if (lock === null) return null;
  const { end, rows } = await send(run, lock.sql);
  if (end.type === 'error') return { error: end.error };
  const [row] = rows;
  if (row === undefined) return { error: goneRow(`${schema}.${name}`) };
  const theirs = readLocked(lock, row);
  if (rows.length > 1) return { error: wrongCount(rows.length) };
  return isUnchanged(lock, theirs) ? null : { error: changedRow(`${schema}.${name}`), theirs };
}

async function changeRow(run: EditRun, sql: string, isLast: boolean): Promise<Refusal | null> {
  const { end } = await send(run, sql, isLast);
  return end.type === 'error' ? { error: end.error } : null;
}

/** Sends one statement; `isLast` is left out for one that only reads. What hits not exactly one row becomes its error. */
async function send(
  run: EditRun,
  sql: string,
  isLast?: boolean,
): Promise<{ end: ExecuteEnd; rows: Cell[][] }> {
  const { actor, target, session, controller, sent } = run;
  const id = uuidv7();
  const collected = collectRows(() => session.cancel());
  const before = sent.length === 0 ? beginFrame({ historyId: id, isReadOnly: false }) : continueFrame(id);
  sent.push(id);
  const statement = {
    id,
    scriptId: run.id,
    place: sent.length,
    kind: 'grid' as const,
    actor,
    target,
    session,
  };
  const timeoutMs = defaultTimeout(actor, target.server);
  const limits = { params: [], maxRows: Number.POSITIVE_INFINITY, timeoutMs, encoder: createRowEncoder() };
  const end = await runRecorded({ ...statement, sql, params: [] }, async () => {
    const executed = await execute(
      session,
      { sql, ...limits, before, after: stayOpen },
      controller.signal,
      collected.sink,
    );
    const { end } = executed;
    if (isLast === undefined || end.type === 'error') return executed;
    if (end.row_count !== 1) throw wrongCount(end.row_count ?? 0);
    if (isLast) await commitFrame(session);
    return executed;
  });
  run.ms += end.duration_ms;
  return { end, rows: collected.take().rows };
}

function changedRow(relation: string): AppError {
  return new AppError('conflict', `A row of ${relation} was changed by someone else since it was shown.`, {
    hint: 'Nothing was changed. Look at both versions, then keep theirs or make your change anew.',
  });
}

function goneRow(relation: string): AppError {
  return new AppError(
    'conflict',
    `A row of ${relation} is not there any more: deleted, or changed in its key.`,
    {
      hint: 'Nothing was changed. Read the rows again.',
    },
  );
}

function wrongCount(rows: number): AppError {
  return new AppError('conflict', `The statement would have changed ${rows} rows in place of one.`, {
    hint: 'Nothing was changed. A trigger, a rule or a policy of the table may stand in between: look at its structure.',
  });
}
