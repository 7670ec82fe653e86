import 'server-only';
import type { RunKind } from './api-types';
import { env } from './env';
import { AppError } from './errors';
import { cancelledError, statusOf } from './postgres/errors';
import type { Executed, ExecuteEnd } from './postgres/execute';
import type { Session } from './postgres/session';
import type { Target } from './postgres/target';
import type { Actor, Server } from './server';
import { redactMessage, redactSecrets } from './sql/redact';
import { type Intent, type Outcome, recordIntent, recordOutcome } from './store/record';
import { findRunSignal, isCancelRecorded, type RunSignal } from './store/run-cancels';

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
 * Commits the intent, then runs the statement, then commits its outcome and answers it: nothing is sent before the
 * first, and nobody is told the end before the last. What is written holds no secret that redactSecrets() knows. Throws AppError `unreachable` when the store is away.
 */
export async function runRecorded(
  statement: RecordedStatement,
  run: () => Promise<Executed>,
): Promise<ExecuteEnd> {
  await recordIntent(intentOf(statement));
  const executed = await run()
    .catch(failedRun)
    .then((executed) => namedByEnder(statement.id, executed));
  await recordOutcome(outcomeOf(statement, executed));
  return executed.end;
}

function intentOf({ actor, target, session, params, ...statement }: RecordedStatement): Intent {
  return {
    id: statement.id,
    script_id: statement.scriptId,
    statement: statement.place,
    // What a dry run did is nothing, whoever ran it.
    kind: actor.key === undefined || statement.kind === 'dry_run' ? statement.kind : 'api',
    user_id: actor.userId,
    username: actor.username,
    server_id: target.server.id,
    server: target.server.slug,
    database: target.database,
    level: target.level,
    pid: session.pid,
    sql: redactSecrets(statement.sql),
    params: params.length > 0 ? params : null,
  };
}

/** What fails around a statement is the statement's failure. */
function failedRun(reason: unknown): Executed {
  const error =
    reason instanceof AppError ? reason : new AppError('internal', String(reason), { cause: reason });
  return { end: { type: 'error', error, status: statusOf(error), duration_ms: 0 }, rows: null, bytes: 0 };
}

/**
 * Says who has ended a run and why, where that was done in the list of backends. A backend that heeds no cancel is ended
 * too (57P01); where that was asked of another instance, only the store knows it.
 */
async function namedByEnder(id: string, executed: Executed): Promise<Executed> {
  const { end } = executed;
  if (end.type !== 'error' || end.status === 'timeout') return executed;
  const { sqlstate } = end.error;
  if (sqlstate !== '57014' && sqlstate !== '57P01') return executed;
  const cancelled = (error: AppError): Executed => ({
    ...executed,
    end: { ...end, error, status: 'cancelled' },
  });
  const signal = await findRunSignal(id).catch(() => null);
  if (signal !== null) return cancelled(signalledError(signal, end.error));
  const isCancelled = sqlstate === '57P01' && (await isCancelRecorded(id).catch(() => false));
  return isCancelled ? cancelled(cancelledError('on request', end.error)) : executed;
}

function signalledError({ action, username, reason }: RunSignal, cause: AppError): AppError {
  const { sqlstate } = cause;
  if (action === 'backend.cancel') {
    return new AppError('query_failed', `The statement was cancelled by ${username}: ${reason}`, {
      sqlstate,
      cause,
    });
  }
  return new AppError('query_failed', `Its backend was terminated by ${username}: ${reason}`, {
    hint: 'What it had not committed is rolled back.',
    sqlstate,
    cause,
  });
}

function outcomeOf({ id, sql }: RecordedStatement, { end, rows, bytes }: Executed): Outcome {
  const { duration_ms } = end;
  const outcome = { history_id: id, bytes, duration_ms };
  if (end.type === 'done') {
    return { ...outcome, status: 'succeeded', rows: end.row_count ?? rows, sqlstate: null, message: null };
  }
  const { error, status } = end;
  const message = redactMessage(error.message, sql);
  return { ...outcome, status, rows, sqlstate: error.sqlstate ?? null, message };
}

/** Milliseconds that a statement of this user may take on a server where the request says nothing. */
export function defaultTimeout({ role }: Actor, { timeouts }: Server): number {
  const { HOWDAH_READ_TIMEOUT_MS, HOWDAH_WRITE_TIMEOUT_MS } = env();
  if (role === 'reviewer') return timeouts.read ?? HOWDAH_READ_TIMEOUT_MS;
  return timeouts.write ?? HOWDAH_WRITE_TIMEOUT_MS;
}
