import 'server-only';
import type { RunStatus } from '../api-types';
import { AppError } from '../errors';
import type { Field } from '../query-event';
import { cancelledError, oversizeError, queryError, timeoutError } from './errors';
import type { Ending, Message } from './messages';
import { openPortal, type Portal, type PortalEnd } from './portal';
import type { EventSink, Valve } from './queue';
import type { Batch, Encoder, RowBatch } from './rows';
import type { Session } from './session';
import type { TypeNames } from './type-names';

/** What a statement answers before its end: a QueryEvent whose rows are JSON bytes. */
export type ExecuteEvent<B extends Batch = RowBatch> =
  | { type: 'fields'; fields: Field[] }
  | { type: 'rows'; batch: B }
  | { type: 'notice'; severity: string; message: string };

/** How a statement ended, with the status that the history records. */
export type ExecuteEnd =
  | { type: 'done'; command: string; row_count: number | null; truncated: boolean; duration_ms: number }
  | {
      type: 'error';
      error: AppError;
      status: Exclude<RunStatus, 'running' | 'succeeded'>;
      duration_ms: number;
    };

/** What came of a statement; `rows` were delivered, `bytes` are their values as PostgreSQL sent them. */
export type Executed = { end: ExecuteEnd; rows: number | null; bytes: number };

export type Statement<B extends Batch> = {
  sql: string;
  params: (string | null)[];
  /** Rows to deliver at most; Infinity for all. */
  maxRows: number;
  /** Milliseconds that PostgreSQL may take; time in which the reader takes nothing does not count. */
  timeoutMs: number;
  /** Our own steps around it, in the same write; see session.ts. */
  before: Message[];
  after: Ending;
  encoder: Encoder<B>;
};

/** A reader that takes nothing for so long is gone, whatever its socket says. */
const readerPatienceMs = 60_000;

/** After the first cancel, how long the backend may take to stop before it is ended. */
const cancelPatienceMs = 5_000;

/** How long that may take before the connection is closed under it. */
const endPatienceMs = 5_000;

/** PostgreSQL forgets a cancel that comes before the statement has begun, so that it is sent again. */
const cancelAgainMs = 250;

type Stop = 'cancelled' | 'timeout' | 'reader' | 'oversize';

/**
 * Runs one statement in a frame of a session, puts its events into `sink` and answers how it ended; a failing
 * statement is an end, never a throw. It stops on `signal`, at its deadline, and when the reader takes nothing for
 * a minute: the backend is sent a cancel in each case.
 */
export function execute<B extends Batch>(
  session: Session,
  statement: Statement<B>,
  signal: AbortSignal,
  sink: EventSink<ExecuteEvent<B>>,
): Promise<Executed> {
  if (signal.aborted) return Promise.resolve(notSent);
  const watch = watchStatement(session, statement.timeoutMs, signal);
  const count: { rows: number | null; bytes: number } = { rows: null, bytes: 0 };
  return new Promise((resolve) => {
    const options = { ...statement, isRunToEnd: session.level !== 'read' };
    const portal = openPortal(session.client, session.tap, options, {
      fields: (fields) => sink.push(nameTypes(session, fields)),
      rows(batch) {
        count.rows = (count.rows ?? 0) + batch.count;
        count.bytes += batch.bytes;
        sink.push({ type: 'rows', batch }, batch.line.length);
      },
      notice: (severity, message) => sink.push({ type: 'notice', severity, message }, message.length),
      end(end) {
        watch.end();
        sink.setValve(null);
        resolve({ end: asExecuteEnd(end, session, statement.timeoutMs, watch), ...count });
      },
    });
    const isDiscarded = statement.after.messages.length > 0;
    session.follow(portal.closed.then((isClean) => isClean && isDiscarded));
    sink.setValve(valveOf(portal, watch));
    watch.onStop(() => {
      sink.setValve(null);
      portal.abandon();
    });
  });
}

/** Whoever asked for the statement had left before it was sent. */
const notSent: Executed = {
  end: {
    type: 'error',
    error: cancelledError('before it was sent', null),
    status: 'cancelled',
    duration_ms: 0,
  },
  rows: null,
  bytes: 0,
};

type RawField = { name: string; type_oid: number };

type FieldsEvent = Extract<ExecuteEvent, { type: 'fields' }>;

function nameTypes(session: Session, fields: RawField[]): FieldsEvent | Promise<FieldsEvent> {
  const names = session.typeNames(fields.map(({ type_oid }) => type_oid));
  const label = (nameOf: TypeNames): FieldsEvent => ({
    type: 'fields',
    fields: fields.map(({ name, type_oid }) => ({ name, type: nameOf(type_oid), type_oid })),
  });
  return names instanceof Promise ? names.then(label) : label(names);
}

function valveOf(portal: Portal, watch: Watch): Valve {
  return {
    pause() {
      portal.pause();
      watch.pause();
    },
    resume() {
      portal.resume();
      watch.resume();
    },
  };
}

function asExecuteEnd(end: PortalEnd, session: Session, timeoutMs: number, watch: Watch): ExecuteEnd {
  if (end.type === 'failed') return failure(end.error, session, timeoutMs, watch);
  const { command, rowCount: row_count, isTruncated: truncated } = end;
  return { type: 'done', command, row_count, truncated, duration_ms: watch.elapsedMs() };
}

function failure(error: unknown, session: Session, timeoutMs: number, watch: Watch): ExecuteEnd {
  const duration_ms = watch.elapsedMs();
  switch (watch.stopped()) {
    case 'timeout':
      return {
        type: 'error',
        error: timeoutError(timeoutMs, error),
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
      // It was ours and not PostgreSQL's, which goes on sending: there is nobody to read that.
      if (error instanceof RangeError || error instanceof AppError) session.destroy();
      return { type: 'error', ...queryError(error), duration_ms };
  }
}

type Watch = ReturnType<typeof watchStatement>;

/** The clock and the brakes of one statement. */
function watchStatement(session: Session, timeoutMs: number, signal: AbortSignal) {
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
    if (reason !== 'oversize') cancel(cancelPatienceMs);
    abandon();
  }

  function cancel(patienceMs: number): void {
    if (patienceMs <= 0) {
      session.terminate();
      timer = setTimeout(session.destroy, endPatienceMs);
    } else {
      session.cancel();
      timer = setTimeout(cancel, cancelAgainMs, patienceMs - cancelAgainMs);
    }
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
