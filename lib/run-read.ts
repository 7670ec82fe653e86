import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { RunKind } from './api-types';
import { AppError } from './errors';
import { type Executed, type ExecuteEvent, execute } from './postgres/execute';
import type { EventSink } from './postgres/queue';
import { createRowEncoder } from './postgres/rows';
import { beginFrame, rollBackAndDiscard, type Session } from './postgres/session';
import type { Target } from './postgres/target';
import type { Cell, Cut } from './query-event';
import { adviseOnDenied } from './run-denied';
import { defaultTimeout, runRecorded } from './run-recorded';
import { runStoppable, type StoppableRun } from './run-stoppable';
import type { Actor } from './server';

/** One statement of ours that reads a person's rows. */
export type ReadStatement = {
  kind: RunKind;
  sql: string;
  params: (string | null)[];
  timeoutMs?: number;
  /** One backend reads, so that rows without an order come in the same order again. */
  isSerial?: boolean;
  /** Plans go by an index wherever one will do. */
  isIndexed?: boolean;
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
  const run = { id: uuidv7(), actor, target, controller };
  const collector = collectRows(() => controller.abort());
  try {
    const { duration_ms } = await runRead(run, statement, collector.sink, signal);
    return { id: run.id, ...collector.take(), duration_ms };
  } catch (error) {
    throw collector.isTooLarge() ? tooLarge() : error;
  }
}

/** Runs one statement of ours as readRows() does, its events into `sink`. Throws AppError, also for its error. */
export function runRead(
  run: StoppableRun,
  statement: ReadStatement,
  sink: EventSink<ExecuteEvent>,
  signal: AbortSignal,
): Promise<{ duration_ms: number }> {
  const { sql, params, isSerial, isIndexed } = statement;
  const { timeoutMs = defaultTimeout(run.actor, run.target.server) } = statement;
  const wanted = {
    sql,
    params,
    maxRows: Number.POSITIVE_INFINITY,
    timeoutMs,
    before: beginFrame({ historyId: run.id, isReadOnly: true, isSerial, isIndexed }),
    after: rollBackAndDiscard,
    encoder: createRowEncoder(),
  };
  return runReading(run, statement, signal, (session) =>
    execute(session, wanted, run.controller.signal, sink),
  );
}

/** What the history says of a run; `query` is what a person wrote, where `sql` was made of that. */
type Recorded = Pick<ReadStatement, 'kind' | 'sql' | 'params'> & { query?: string };

/**
 * Records a statement, then has `work` send it on a session of its own in a read-only frame, and closes that. A cancel by
 * the run's id and `signal` abort its controller. Throws AppError, also for the statement's error.
 */
export async function runReading(
  run: StoppableRun,
  { kind, sql, params, query = sql }: Recorded,
  signal: AbortSignal,
  work: (session: Session) => Promise<Executed>,
): Promise<{ duration_ms: number }> {
  return runStoppable(run, signal, async (session) => {
    const { id, actor, target } = run;
    const statement = { id, scriptId: id, place: 1, kind, actor, target, session, sql, params };
    const end = await runRecorded(statement, () => work(session));
    if (end.type !== 'error') return end;
    if (end.error.sqlstate !== '42501') throw end.error;
    await session.close();
    throw await adviseOnDenied(target, query, end.error);
  });
}

/** Parses rows as they come; what is over the limit stops the statement. */
export function collectRows(stop: () => void) {
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
