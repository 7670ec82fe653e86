import 'server-only';
import pg from 'pg';
import type { RunStatus } from '../api-types';
import { AppError, errorText } from '../errors';
import { errorLine } from '../query-event';
import { adviceFor } from './advice';
import { cellLimit } from './rows';
import { messageLimit } from './wire';

type Failure = { error: AppError; status: Exclude<RunStatus, 'running' | 'succeeded'> };

/** What PostgreSQL said about a statement, as an AppError by SQLSTATE, with the status for the history. */
export function queryError(cause: unknown): Failure {
  if (cause instanceof AppError) return { error: cause, status: statusOf(cause) };
  if (!isDatabaseError(cause)) return { error: lostError(cause), status: 'failed' };
  const { code: sqlstate, message, hint, detail, position } = cause;
  const details = {
    sqlstate,
    hint: [detail, hint, adviceFor(sqlstate)].filter(Boolean).join(' ') || undefined,
    position: position === undefined ? undefined : Number(position),
    cause,
  };
  const error = new AppError('query_failed', message, details);
  return { error, status: statusOf(error) };
}

/** The status in the history of a run that has ended with an error. */
export function statusOf({ code, sqlstate }: AppError): Failure['status'] {
  if (code === 'timeout') return 'timeout';
  return sqlstate === '57014' ? 'cancelled' : 'failed';
}

/** An error of our own work on a server as one sentence or two, for a list of what could not be done. */
export function inWords(error: unknown): string {
  const hint = error instanceof AppError ? error.hint : undefined;
  return errorLine({ message: errorText(error).replace(/[.]?$/, '.'), hint });
}

function isDatabaseError(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError;
}

function lostError(cause: unknown): AppError {
  if (cause instanceof RangeError) {
    return new AppError('query_failed', 'A value of the result is not valid text in UTF-8.', {
      hint: "The database's encoding keeps bytes as they came (SQL_ASCII). Read the column with convert_from or encode.",
      cause,
    });
  }
  return new AppError('unreachable', 'The connection to the server was lost while the statement ran.', {
    hint: 'Whether it took effect is not known for a statement that changes data. Check, then run it again.',
    cause,
  });
}

export function timeoutError(timeoutMs: number, cause: unknown): AppError {
  return new AppError('timeout', `The statement was cancelled: it took longer than ${timeoutMs / 1000} s.`, {
    hint: 'Raise timeout_ms, or make it faster: EXPLAIN shows where the time goes.',
    sqlstate: '57014',
    cause,
  });
}

export function cancelledError(why: string, cause: unknown): AppError {
  return new AppError('query_failed', `The statement was cancelled ${why}.`, { sqlstate: '57014', cause });
}

export function oversizeError(bytes: number): AppError {
  return new AppError(
    'too_large',
    `The server sent one row of ${bytes} bytes; Howdah reads rows of at most ${messageLimit} bytes.`,
    { hint: `Select less of the value, for example left(column, ${cellLimit}), or export it.` },
  );
}
