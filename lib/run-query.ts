import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Level, RunKind } from './api-types';
import { AppError } from './errors';
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
import { beginRecorded, defaultTimeout, localScripts, recordEvents } from './run-recorded';
import { readScript, type ScriptStatement } from './script';
import type { Actor } from './server';
import { checkStorable } from './storable';
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
 * Prepares a script for an actor: access, level, text. Nothing is sent before `events` is read, and each
 * statement only when its row in the history is committed. Throws AppError.
 */
export async function startScript(actor: Actor, request: RunRequest, signal: AbortSignal): Promise<Script> {
  const server = await findServer(actor, request.server);
  checkOwner(actor, request);
  request.params.forEach((param, index) => {
    if (param !== null) checkStorable(param, `Parameter $${index + 1}`);
  });
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
  const { actor, request, target } = run;
  const { kind, params } = request;
  const { session } = running;
  const id = uuidv7();
  const place = index + 1;
  await beginRecorded(
    { id, scriptId: run.id, place, kind, actor, target, session, sql: statement.text, params },
    () => enterFrame(run, running, statement, id),
  );
  yield { type: 'start', id, statement: place, of };
  let isDone = false;
  for await (const event of recordEvents(id, runAndEnd(run, running, statement, place === of))) {
    isDone = event.type === 'done';
    yield event.type === 'error' ? { type: 'error', error: event.error } : event;
  }
  return isDone;
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

/** Executes, then ends what enterFrame() began; a commit that fails becomes the statement's error. */
async function* runAndEnd(
  run: Run,
  running: Running,
  statement: ScriptStatement,
  isLast: boolean,
): AsyncGenerator<ExecuteEvent, void, undefined> {
  const { session } = running;
  const { request } = run;
  const wanted = {
    sql: statement.text,
    params: request.params,
    maxRows: request.maxRows,
    timeoutMs: request.timeoutMs ?? defaultTimeout(run.actor),
  };
  for await (const event of execute(session, wanted, run.controller.signal)) {
    if (event.type !== 'done') yield event;
    else yield await endStatement(run, running, statement, isLast, event);
  }
}

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
