import 'server-only';
import type { RunKind } from './api-types';
import { env } from './env';
import { AppError } from './errors';
import type { ExecuteEvent } from './postgres/execute';
import type { Session } from './postgres/session';
import type { Target } from './postgres/target';
import type { Actor } from './server';
import { singleton } from './singleton';
import { type Outcome, recordIntent, recordOutcome } from './store/record';

/**
 * How to stop each script that runs in this process, by its id. A cancel finds other instances' runs in
 * PostgreSQL; this also reaches the gap between two statements.
 */
export function localScripts(): Map<string, { userId: string; cancel(): void }> {
  return singleton('run.scripts', () => new Map());
}

/** Who runs what, and where: one row of the query history. */
export type RecordedStatement = {
  id: string;
  scriptId: string;
  /** From 1. */
  place: number;
  kind: RunKind;
  actor: Actor;
  target: Target;
  session: Session;
  sql: string;
  params: (string | null)[];
};

/**
 * Commits the intent and opens the frame side by side; the statement itself may follow only when this has
 * resolved. A frame that fails is recorded as the statement's failure. Throws AppError.
 */
export async function beginRecorded(
  statement: RecordedStatement,
  enterFrame: () => Promise<void>,
): Promise<void> {
  const { actor, target, params } = statement;
  const intent = recordIntent({
    id: statement.id,
    script_id: statement.scriptId,
    statement: statement.place,
    kind: statement.kind,
    user_id: actor.userId,
    username: actor.username,
    server_id: target.server.id,
    server: target.server.slug,
    database: target.database,
    level: target.level,
    pid: statement.session.pid,
    sql: statement.sql,
    params: params.length > 0 ? params : null,
  });
  const [recorded, framed] = await Promise.allSettled([intent, enterFrame()]);
  if (recorded.status === 'rejected') throw recorded.reason;
  if (framed.status === 'fulfilled') return;
  const error =
    framed.reason instanceof AppError ? framed.reason : new AppError('internal', String(framed.reason));
  await recordOutcome({
    ...noOutcome,
    history_id: statement.id,
    status: 'failed',
    sqlstate: error.sqlstate ?? null,
    message: error.message,
  });
  throw error;
}

/**
 * Passes a statement's events on and commits its outcome: `done` and `error` are answered only after that. A
 * consumer that leaves the loop cancels the run.
 */
export async function* recordEvents(
  historyId: string,
  events: AsyncIterable<ExecuteEvent>,
): AsyncGenerator<ExecuteEvent, void, undefined> {
  const outcome: Outcome = { ...noOutcome, history_id: historyId };
  let last: ExecuteEvent | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'rows') count(outcome, event);
      if (event.type === 'done' || event.type === 'error') last = event;
      else yield event;
    }
  } finally {
    if (last !== undefined) await recordOutcome(settle(outcome, last));
    else await recordOutcome({ ...outcome, status: 'cancelled', message: 'The reader left before the end.' });
  }
  if (last !== undefined) yield last;
}

/** Milliseconds that a statement of this user may take where the request says nothing. */
export function defaultTimeout({ role }: Actor): number {
  return role === 'reviewer' ? env().HOWDAH_READ_TIMEOUT_MS : env().HOWDAH_WRITE_TIMEOUT_MS;
}

const noOutcome = {
  status: 'unknown',
  rows: null,
  bytes: 0,
  duration_ms: null,
  sqlstate: null,
  message: null,
} as const satisfies Partial<Outcome>;

function count(outcome: Outcome, { batch }: Extract<ExecuteEvent, { type: 'rows' }>): void {
  outcome.rows = (outcome.rows ?? 0) + batch.count;
  outcome.bytes = (outcome.bytes ?? 0) + batch.bytes;
}

function settle(outcome: Outcome, last: ExecuteEvent): Outcome {
  if (last.type === 'done') {
    return {
      ...outcome,
      status: 'succeeded',
      rows: last.row_count ?? outcome.rows,
      duration_ms: last.duration_ms,
    };
  }
  if (last.type !== 'error') return outcome;
  const { error, status, duration_ms } = last;
  return { ...outcome, status, duration_ms, sqlstate: error.sqlstate ?? null, message: error.message };
}
