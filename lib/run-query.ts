import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Level, RunKind } from './api-types';
import { env } from './env';
import { AppError, asAppError } from './errors';
import { hasPermission } from './permissions';
import { type ExecuteEvent, execute } from './postgres/execute';
import {
  beginBare,
  beginFrame,
  continueFrame,
  endFrame,
  openSession,
  type Session,
} from './postgres/session';
import { openTarget, type Target } from './postgres/target';
import { readScript, type ScriptStatement } from './script';
import type { Actor } from './server';
import { singleton } from './singleton';
import { type Outcome, recordIntent, recordOutcome } from './store/record';
import { findServer } from './store/servers';

export type RunRequest = {
  server: string;
  database: string;
  sql: string;
  params: (string | null)[];
  level: Level;
  /** `each` statement in a transaction of its own, or the whole `script` in one. */
  transaction: 'each' | 'script';
  /** Runs as one transaction and rolls it back. */
  isDryRun: boolean;
  /** `<server>/<database>`, to be given for the owner level. */
  confirm?: string;
  maxRows: number;
  timeoutMs?: number;
  kind: RunKind;
};

/** A QueryEvent whose rows are JSON bytes, as lib/ndjson-writer.ts sends them. */
export type RunEvent =
  | { type: 'start'; id: string; statement: number; of: number }
  | Exclude<ExecuteEvent, { type: 'error' }>
  | { type: 'error'; error: AppError }
  | { type: 'skipped'; from: number; to: number };

export type Script = { id: string; events: AsyncGenerator<RunEvent, void, undefined> };

/**
 * How to stop each script that runs in this process, by its id. A cancel finds other instances' runs in
 * PostgreSQL; this also reaches the gap between two statements.
 */
export function localScripts(): Map<string, { userId: string; cancel(): void }> {
  return singleton('run.scripts', () => new Map());
}

/**
 * Prepares a script for an actor: access, level, text. Nothing is sent before `events` is read, and each
 * statement only when its row in the history is committed. Throws AppError.
 */
export async function startScript(actor: Actor, request: RunRequest, signal: AbortSignal): Promise<Script> {
  const server = await findServer(actor, request.server);
  checkOwner(actor, request);
  const target = openTarget(actor, server, request.database, request.level);
  const statements = readScript(request.sql, {
    level: request.level,
    isOneTransaction: request.transaction === 'script' || request.isDryRun,
    hasParams: request.params.length > 0,
  });
  const controller = new AbortController();
  const run = { id: uuidv7(), actor, request, target, controller };
  const events = runScript(run, statements);
  // Who has left may also leave the stream unread: then nobody but us ends the generator, and with it the session.
  const leave = () => {
    controller.abort();
    events.return().catch((error) => console.error('howdah: a run could not be ended', error));
  };
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  return { id: run.id, events };
}

type Run = { id: string; actor: Actor; request: RunRequest; target: Target; controller: AbortController };

function checkOwner(actor: Actor, { level, server, database, confirm }: RunRequest): void {
  if (level !== 'owner') return;
  if (!hasPermission(actor.role, 'run-as-owner')) {
    throw new AppError('forbidden', 'Running at the owner level is not for this user role.');
  }
  if (confirm !== `${server}/${database}`) {
    throw new AppError('invalid', 'A run at the owner level must be confirmed.', {
      hint: `Send confirm: "${server}/${database}".`,
    });
  }
}

async function* runScript(
  run: Run,
  statements: ScriptStatement[],
): AsyncGenerator<RunEvent, void, undefined> {
  const session = await openSession(run.target);
  const script = { session, block: 'none' as Block };
  localScripts().set(run.id, { userId: run.actor.userId, cancel: () => run.controller.abort() });
  try {
    for (const [index, statement] of statements.entries()) {
      const place = { index, of: statements.length };
      const isDone = yield* runStatement(run, script, statement, place);
      if (isDone) continue;
      if (index + 1 < statements.length) yield { type: 'skipped', from: index + 2, to: statements.length };
      return;
    }
    if (script.block === 'user') yield leftOpen;
  } finally {
    localScripts().delete(run.id);
    void session.close();
  }
}

const leftOpen: RunEvent = {
  type: 'notice',
  severity: 'WARNING',
  message: 'The script ended inside a transaction that it had begun. It was rolled back: end it with COMMIT.',
};

/** `user`: the script has begun a transaction itself; `script`: we hold one open for all of it. */
type Block = 'none' | 'user' | 'script';
type Place = { index: number; of: number };
type Running = { session: Session; block: Block };

/** Runs one statement and answers whether the next may follow. */
async function* runStatement(
  run: Run,
  running: Running,
  statement: ScriptStatement,
  { index, of }: Place,
): AsyncGenerator<RunEvent, boolean, undefined> {
  const id = uuidv7();
  await openFrame(run, running, statement, id, index);
  yield { type: 'start', id, statement: index + 1, of };
  const outcome: Outcome = { ...noOutcome, history_id: id };
  const wanted = {
    sql: statement.text,
    params: run.request.params,
    maxRows: run.request.maxRows,
    timeoutMs: run.request.timeoutMs ?? defaultTimeout(run.actor),
  };
  let last: ExecuteEvent | undefined;
  try {
    for await (const event of execute(running.session, wanted, run.controller.signal)) {
      if (event.type === 'rows') count(outcome, event);
      if (event.type === 'done') last = await endStatement(run, running, statement, index + 1 === of, event);
      else if (event.type === 'error') last = event;
      else yield event;
    }
  } finally {
    if (last !== undefined) await recordOutcome(settle(outcome, last));
    else await recordOutcome({ ...outcome, status: 'cancelled', message: 'The reader left before the end.' });
  }
  if (last === undefined) return false;
  yield last.type === 'error' ? { type: 'error', error: last.error } : last;
  return last.type === 'done';
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

/** Commits the intent and opens the frame side by side; the statement itself follows only when both stand. */
async function openFrame(
  run: Run,
  running: Running,
  statement: ScriptStatement,
  historyId: string,
  index: number,
): Promise<void> {
  const { actor, request, target } = run;
  const intent = recordIntent({
    id: historyId,
    script_id: run.id,
    statement: index + 1,
    kind: request.kind,
    user_id: actor.userId,
    username: actor.username,
    server_id: target.server.id,
    server: target.server.slug,
    database: target.database,
    level: target.level,
    pid: running.session.pid,
    sql: statement.text,
    params: request.params.length > 0 ? request.params : null,
  });
  const frame = enterFrame(run, running, statement, historyId);
  const [recorded, framed] = await Promise.allSettled([intent, frame]);
  if (recorded.status === 'rejected') throw recorded.reason;
  if (framed.status === 'rejected') {
    const error = asAppError(framed.reason);
    await recordOutcome({
      ...noOutcome,
      history_id: historyId,
      status: 'failed',
      sqlstate: error.sqlstate ?? null,
      message: error.message,
    });
    throw error;
  }
}

async function enterFrame(
  { request }: Run,
  running: Running,
  statement: ScriptStatement,
  historyId: string,
): Promise<void> {
  const { session, block } = running;
  const frame = { historyId, isReadOnly: request.level === 'read', lockTimeoutMs: 2_000 };
  if (block !== 'none') return continueFrame(session, frame);
  if (isSelfFramed(request, statement)) return beginBare(session, frame);
  await beginFrame(session, frame);
  if (isOneTransaction(request)) running.block = 'script';
}

/** Statements that bring their own transaction: BEGIN, and what PostgreSQL refuses inside a block. */
function isSelfFramed(
  request: RunRequest,
  { class: { transaction, outsideTransaction } }: ScriptStatement,
): boolean {
  return (
    request.level !== 'read' && !isOneTransaction(request) && (transaction !== null || outsideTransaction)
  );
}

function isOneTransaction({ transaction, isDryRun }: RunRequest): boolean {
  return transaction === 'script' || isDryRun;
}

/** Ends what enterFrame() began; a commit that fails becomes the statement's error. */
async function endStatement(
  { request }: Run,
  running: Running,
  statement: ScriptStatement,
  isLast: boolean,
  done: Extract<ExecuteEvent, { type: 'done' }>,
): Promise<ExecuteEvent> {
  const { transaction } = statement.class;
  if (transaction === 'begin') running.block = 'user';
  if (transaction === 'commit' || transaction === 'rollback') running.block = 'none';
  const isHeldOpen = running.block === 'user' || (running.block === 'script' && !isLast);
  if (isHeldOpen || isSelfFramed(request, statement)) return done;
  const how = request.level === 'read' || request.isDryRun ? 'rollback' : 'commit';
  if (how === 'rollback' && isLast) return done;
  try {
    await endFrame(running.session, how);
    return done;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { type: 'error', error, status: 'failed', duration_ms: done.duration_ms };
  }
}

function defaultTimeout({ role }: Actor): number {
  return role === 'reviewer' ? env().HOWDAH_READ_TIMEOUT_MS : env().HOWDAH_WRITE_TIMEOUT_MS;
}
