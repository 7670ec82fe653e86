import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { RunKind } from './api-types';
import { AppError } from './errors';
import { execute } from './postgres/execute';
import { beginFrame, openSession, type Session } from './postgres/session';
import type { Target } from './postgres/target';
import type { Cell, Cut } from './query-event';
import { beginRecorded, defaultTimeout, localScripts, recordEvents } from './run-recorded';
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
    return await readRecorded({ id, actor, target, session, signal: controller.signal }, statement);
  } finally {
    localScripts().delete(id);
    signal.removeEventListener('abort', abort);
    void session.close();
  }
}

type Run = { id: string; actor: Actor; target: Target; session: Session; signal: AbortSignal };

async function readRecorded(run: Run, statement: ReadStatement): Promise<ReadResult> {
  const { id, session } = run;
  const { kind, sql, params, isSerial, timeoutMs = defaultTimeout(run.actor) } = statement;
  await beginRecorded({ ...run, scriptId: id, place: 1, kind, sql, params }, () =>
    beginFrame(session, { historyId: id, isReadOnly: true, lockTimeoutMs: 2_000, isSerial }),
  );
  const result: ReadResult = { id, rows: [], cut: [], duration_ms: 0 };
  const events = execute(session, { sql, params, maxRows: Number.POSITIVE_INFINITY, timeoutMs }, run.signal);
  let bytes = 0;
  for await (const event of recordEvents(id, events)) {
    if (event.type === 'error') throw event.error;
    if (event.type === 'done') result.duration_ms = event.duration_ms;
    if (event.type !== 'rows') continue;
    bytes += event.batch.json.length;
    if (bytes > resultLimit) throw tooLarge();
    for (const [row, column, length] of event.batch.cut) {
      result.cut.push([result.rows.length + row, column, length]);
    }
    result.rows.push(...(JSON.parse(event.batch.json.toString('utf8')) as Cell[][]));
  }
  return result;
}

function tooLarge(): AppError {
  return new AppError('too_large', `The rows of this page are over ${resultLimit / 1024 / 1024} MB.`, {
    hint: 'Ask for fewer rows at a time (limit), or select the columns that you need in the editor.',
  });
}
