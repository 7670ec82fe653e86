import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { RunKind } from './api-types';
import { AppError } from './errors';
import { type ExecuteEvent, execute } from './postgres/execute';
import type { EventSink } from './postgres/queue';
import { beginFrame, openSession, rollbackAndDiscard, type Session } from './postgres/session';
import type { Target } from './postgres/target';
import type { Cell, Cut } from './query-event';
import { defaultTimeout, localScripts, runRecorded } from './run-recorded';
import type { Actor } from './server';

/** One statement of ours that reads a person's rows. */
export type ReadStatement = {
  kind: RunKind;
  sql: string;
  params: (string | null)[];
  timeoutMs?: number;
  /** One backend reads, so that rows without an order come in the same order again. */
  isSerial?: boolean;
};

export type ReadResult = { id: string; rows: Cell[][]; cut: Cut[]; duration_ms: number };

/** Bytes of JSON that a result held in memory may have. */
const resultLimit = 64 * 1024 * 1024;

/**
 * Runs one statement at the target's level as a run of its own, recorded and cancellable like any, and answers
 * its rows in one piece. Throws AppError: what PostgreSQL says, `too_large`, `limited`, `unreachable`.
 */
export async function readRows(
  actor: Actor,
  target: Target,
  statement: ReadStatement,
  signal: AbortSignal,
): Promise<ReadResult> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const id = uuidv7();
  const session = await openSession(target);
  localScripts().set(id, { userId: actor.userId, cancel: abort });
  try {
    return await readRecorded(
      { id, actor, target, session, signal: controller.signal, stop: abort },
      statement,
    );
  } finally {
    localScripts().delete(id);
    signal.removeEventListener('abort', abort);
    void session.close();
  }
}

type Run = {
  id: string;
  actor: Actor;
  target: Target;
  session: Session;
  signal: AbortSignal;
  stop: () => void;
};

async function readRecorded(run: Run, statement: ReadStatement): Promise<ReadResult> {
  const { id, session } = run;
  const { kind, sql, params, isSerial, timeoutMs = defaultTimeout(run.actor) } = statement;
  const collector = collectRows(run.stop);
  const before = beginFrame({ historyId: id, isReadOnly: true, isSerial });
  const wanted = { sql, params, maxRows: Number.POSITIVE_INFINITY, timeoutMs };
  const end = await runRecorded({ ...run, scriptId: id, place: 1, kind, sql, params }, () =>
    execute(session, { ...wanted, before, after: rollbackAndDiscard }, run.signal, collector.sink),
  );
  if (collector.isTooLarge()) throw tooLarge();
  if (end.type === 'error') throw end.error;
  return { id, ...collector.take(), duration_ms: end.duration_ms };
}

/** Parses rows as they come; what is over the limit stops the statement. */
function collectRows(stop: () => void) {
  const rows: Cell[][] = [];
  const cut: Cut[] = [];
  let bytes = 0;
  const sink: EventSink<ExecuteEvent> = {
    push(event) {
      if (event instanceof Promise || event.type !== 'rows') return;
      bytes += event.batch.json.length;
      if (bytes > resultLimit) return stop();
      for (const [row, column, length] of event.batch.cut) cut.push([rows.length + row, column, length]);
      rows.push(...(JSON.parse(event.batch.json.toString('utf8')) as Cell[][]));
    },
    setValve: () => undefined,
  };
  return { sink, isTooLarge: () => bytes > resultLimit, take: () => ({ rows, cut }) };
}

function tooLarge(): AppError {
  return new AppError('too_large', `The rows of this page are over ${resultLimit / 1024 / 1024} MB.`, {
    hint: 'Ask for fewer rows at a time (limit), or select the columns that you need in the editor.',
  });
}
