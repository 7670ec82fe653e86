import 'server-only';
import type { RunStatus } from '../api-types';
import type { AppError } from '../errors';
import type { Field } from '../query-event';
import { cancelledError, oversizeError, queryError, timeoutError } from './errors';
import { openPortal, type PortalEvent } from './portal';
import type { RowBatch } from './rows';
import type { Session } from './session';

/** What execute() yields: a QueryEvent whose rows are JSON bytes, with the status that the history records. */
export type ExecuteEvent =
  | { type: 'fields'; fields: Field[] }
  | { type: 'rows'; batch: RowBatch }
  | { type: 'notice'; severity: string; message: string }
  | { type: 'done'; command: string; row_count: number | null; truncated: boolean; duration_ms: number }
  | {
      type: 'error';
      error: AppError;
      status: Exclude<RunStatus, 'running' | 'succeeded'>;
      duration_ms: number;
    };

export type Statement = {
  sql: string;
  params: (string | null)[];
  /** Rows to deliver at most; Infinity for all. */
  maxRows: number;
  /** Milliseconds that PostgreSQL may take; time in which the reader takes nothing does not count. */
  timeoutMs: number;
};

/** A reader that takes nothing for so long is gone, whatever its socket says. */
const readerPatienceMs = 60_000;

/** After a cancel, how long the backend may take to stop before its connection is closed under it. */
const cancelPatienceMs = 5_000;

type Stop = 'cancelled' | 'timeout' | 'reader' | 'oversize';

/**
 * Runs one statement in an open frame of a session and yields its events; the last is `done` or `error`, and a
 * failing statement is an event, never a throw. It stops on `signal`, at its deadline, when the reader takes
 * nothing for a minute, and when the consumer leaves the loop: the backend is sent a cancel in each case.
 */
export async function* execute(
  session: Session,
  statement: Statement,
  signal: AbortSignal,
): AsyncGenerator<ExecuteEvent, void, undefined> {
  const watch = watchStatement(session, statement, signal);
  const portal = openPortal(session.client, session.tap, {
    sql: statement.sql,
    params: statement.params,
    maxRows: statement.maxRows,
    isRunToEnd: session.level !== 'read',
    onPause: watch.pause,
    onResume: watch.resume,
  });
  watch.onStop(() => portal.abandon());
  let isOver = false;
  try {
    for await (const event of portal.events) {
      isOver = event.type === 'complete' || event.type === 'failed';
      if (isOver) watch.end();
      yield await asExecuteEvent(event, session, statement, watch);
    }
  } finally {
    if (!isOver) {
      watch.stop('cancelled');
      for await (const _ of portal.events);
    }
    watch.end();
  }
}

async function asExecuteEvent(
  event: PortalEvent,
  session: Session,
  statement: Statement,
  watch: Watch,
): Promise<ExecuteEvent> {
  switch (event.type) {
    case 'fields': {
      const names = await session.typeNames(event.fields.map((field) => field.type_oid));
      return {
        type: 'fields',
        fields: event.fields.map(({ name, type_oid }) => ({ name, type: names(type_oid), type_oid })),
      };
    }
    case 'complete':
      return {
        type: 'done',
        command: event.command,
        row_count: event.rowCount,
        truncated: event.isTruncated,
        duration_ms: watch.elapsedMs(),
      };
    case 'failed':
      return failure(event.error, session, statement, watch);
    default:
      return event;
  }
}

function failure(error: unknown, session: Session, statement: Statement, watch: Watch): ExecuteEvent {
  const duration_ms = watch.elapsedMs();
  switch (watch.stopped()) {
    case 'timeout':
      return {
        type: 'error',
        error: timeoutError(statement.timeoutMs, error),
        status: 'timeout',
        duration_ms,
      };
    case 'reader':
      return {
        type: 'error',
        error: cancelledError('its reader took nothing for 60 s', error),
        status: 'cancelled',
        duration_ms,
      };
    case 'cancelled':
      return { type: 'error', error: cancelledError('on request', error), status: 'cancelled', duration_ms };
    case 'oversize':
      return { type: 'error', error: oversizeError(watch.oversize()), status: 'failed', duration_ms };
    default:
      if (error instanceof RangeError) session.taint();
      return { type: 'error', ...queryError(error), duration_ms };
  }
}

type Watch = ReturnType<typeof watchStatement>;

/** The clock and the brakes of one statement. */
function watchStatement(session: Session, { timeoutMs }: Statement, signal: AbortSignal) {
  let stopReason: Stop | null = null;
  let oversizeBytes = 0;
  let spentMs = 0;
  let since = performance.now();
  let isPaused = false;
  let isEnded = false;
  let timer = setTimeout(() => stop('timeout'), timeoutMs);
  let abandon = () => {};
  const onAbort = () => stop('cancelled');

  function stop(reason: Stop): void {
    if (stopReason !== null || isEnded) return;
    stopReason = reason;
    session.taint();
    clearTimeout(timer);
    if (reason !== 'oversize') {
      session.cancel();
      timer = setTimeout(() => session.destroy(), cancelPatienceMs);
    }
    abandon();
  }

  function pause(): void {
    spentMs += performance.now() - since;
    isPaused = true;
    if (stopReason !== null) return;
    clearTimeout(timer);
    timer = setTimeout(() => stop('reader'), readerPatienceMs);
  }

  function resume(): void {
    since = performance.now();
    isPaused = false;
    if (stopReason !== null || isEnded) return;
    clearTimeout(timer);
    timer = setTimeout(() => stop('timeout'), Math.max(0, timeoutMs - spentMs));
  }

  session.tap.onOversize = (bytes) => {
    oversizeBytes = bytes;
    stop('oversize');
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) queueMicrotask(onAbort);

  return {
    stop,
    pause,
    resume,
    stopped: () => stopReason,
    oversize: () => oversizeBytes,
    elapsedMs: () => Math.round((spentMs + (isPaused ? 0 : performance.now() - since)) * 100) / 100,
    onStop: (action: () => void) => {
      abandon = action;
    },
    end: () => {
      if (!isEnded && !isPaused) {
        spentMs += performance.now() - since;
        isPaused = true;
      }
      isEnded = true;
      clearTimeout(timer);
      session.tap.onOversize = null;
      signal.removeEventListener('abort', onAbort);
    },
  };
}
