import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Level, RunKind } from './api-types';
import { AppError } from './errors';
import { statusOf } from './postgres/errors';
import { type Executed, type ExecuteEnd, type ExecuteEvent, execute } from './postgres/execute';
import type { Ending, Message } from './postgres/messages';
import { createQueue, type EventQueue, type EventReader } from './postgres/queue';
import { createRowEncoder } from './postgres/rows';
import {
  beginFrame,
  commitFrame,
  continueFrame,
  nameBare,
  rollBack,
  rollBackAndDiscard,
  type Session,
  stayOpen,
} from './postgres/session';
import { openTarget } from './postgres/target';
import { checkOwner, checkProduction } from './run-confirm';
import { adviseOnDenied } from './run-denied';
import { defaultTimeout, runRecorded } from './run-recorded';
import { runStoppable, type StoppableRun } from './run-stoppable';
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
  /** `<server>/<database>`, to be given for the owner level, and for what is dangerous on a production server. */
  confirm?: string;
  maxRows: number;
  timeoutMs?: number;
  kind: RunKind;
};

/** A QueryEvent whose rows are JSON bytes, as lib/ndjson-writer.ts sends them. */
export type RunEvent =
  | { type: 'start'; id: string; statement: number; of: number }
  | ExecuteEvent
  | Extract<ExecuteEnd, { type: 'done' }>
  | { type: 'error'; error: AppError }
  | { type: 'skipped'; from: number; to: number };

export type Script = { id: string; events: EventReader<RunEvent> };

/**
 * Starts a script for an actor: access, level, text, and the names where they are asked for. Each statement is sent only when its row in the history is
 * committed. Who takes the events reads them to their end, leaves (`return`), or aborts. Throws AppError.
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
  checkProduction(server, request, statements);
  const controller = new AbortController();
  const events = createQueue<RunEvent>(() => controller.abort());
  const run = { id: uuidv7(), actor, request, target, controller, events };
  runStoppable(run, signal, (session) => runScript(run, session, statements)).then(
    () => events.end(),
    events.end,
  );
  return { id: run.id, events };
}

type Run = StoppableRun & { request: RunRequest; events: EventQueue<RunEvent> };

async function runScript(run: Run, session: Session, statements: ScriptStatement[]): Promise<void> {
  const { events, target } = run;
  const failed = await runStatements(run, { session, block: 'none' }, statements);
  if (failed === null) return;
  const { error, statement, number } = failed;
  const isDenied = error.sqlstate === '42501';
  if (isDenied) await session.close();
  events.push({ type: 'error', error: isDenied ? await adviseOnDenied(target, statement, error) : error });
  if (number < statements.length) events.push({ type: 'skipped', from: number + 1, to: statements.length });
}

type Failed = { error: AppError; statement: string; number: number };

/** Runs statements up to the first that fails, and answers that one. */
async function runStatements(
  run: Run,
  running: Running,
  statements: ScriptStatement[],
): Promise<Failed | null> {
  for (const [index, statement] of statements.entries()) {
    const place = { number: index + 1, of: statements.length };
    const end = await runStatement(run, running, statement, place);
    if (end.type === 'error') return { error: end.error, statement: statement.text, number: place.number };
    run.events.push(end);
  }
  if (running.block === 'user') run.events.push(leftOpen);
  return null;
}

const leftOpen: RunEvent = {
  type: 'notice',
  severity: 'WARNING',
  message: 'The script ended inside a transaction that it had begun. It was rolled back: end it with COMMIT.',
};

/** `user`: the script has begun a transaction itself; `script`: we hold one open for all of it. */
type Block = 'none' | 'user' | 'script';
/** `number` is from 1. */
type Place = { number: number; of: number };
type Running = { session: Session; block: Block };

async function runStatement(
  run: Run,
  running: Running,
  statement: ScriptStatement,
  place: Place,
): Promise<ExecuteEnd> {
  const { actor, request, target, events } = run;
  const { kind, params } = request;
  const id = uuidv7();
  const { session } = running;
  const recorded = { id, scriptId: run.id, place: place.number, kind, actor, target, session, params };
  return runRecorded({ ...recorded, sql: statement.text }, () => {
    events.push({ type: 'start', id, statement: place.number, of: place.of });
    return runFramed(run, running, statement, { id, isLast: place.number === place.of });
  });
}

type Recorded = { id: string; isLast: boolean };

/** Runs a statement in its frame; a commit that fails becomes the statement's error. Throws one that is known before. */
async function runFramed(
  run: Run,
  running: Running,
  statement: ScriptStatement,
  { id, isLast }: Recorded,
): Promise<Executed> {
  const { request, controller, events } = run;
  if (statement.failure !== null) throw statement.failure;
  const wanted = {
    sql: statement.text,
    params: request.params,
    maxRows: request.maxRows,
    timeoutMs: request.timeoutMs ?? defaultTimeout(run.actor, run.target.server),
    before: await enterFrame(request, running, statement, id),
    after: rollbackOf(request, isLast),
    encoder: createRowEncoder(),
  };
  const executed = await execute(running.session, wanted, controller.signal, events);
  if (executed.end.type === 'error') return executed;
  followBlock(running, statement);
  const isHeldOpen = running.block === 'user' || (running.block === 'script' && !isLast);
  if (isHeldOpen || isRolledBack(request) || isSelfFramed(request, statement)) return executed;
  return commit(running.session, executed);
}

/** What is sent before the statement, in the same write. */
async function enterFrame(
  request: RunRequest,
  running: Running,
  statement: ScriptStatement,
  id: string,
): Promise<Message[]> {
  if (running.block !== 'none') return continueFrame(id);
  if (isSelfFramed(request, statement)) {
    await nameBare(running.session, id);
    return [];
  }
  if (isOneTransaction(request)) running.block = 'script';
  return beginFrame({ historyId: id, isReadOnly: request.level === 'read' });
}

/** What is sent after it, in the same write: nothing where a commit may follow, which must wait for its answer. */
function rollbackOf(request: RunRequest, isLast: boolean): Ending {
  if (!isRolledBack(request)) return stayOpen;
  if (isLast) return rollBackAndDiscard;
  return isOneTransaction(request) ? stayOpen : rollBack;
}

function isRolledBack({ level, isDryRun }: RunRequest): boolean {
  return level === 'read' || isDryRun;
}

async function commit(session: Session, executed: Executed): Promise<Executed> {
  try {
    await commitFrame(session);
    return executed;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { duration_ms } = executed.end;
    return { ...executed, end: { type: 'error', error, status: statusOf(error), duration_ms } };
  }
}

function followBlock(running: Running, { class: { transaction } }: ScriptStatement): void {
  if (transaction === 'begin') running.block = 'user';
  if (transaction === 'commit' || transaction === 'rollback') running.block = 'none';
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
