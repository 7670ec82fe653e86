import type { ErrorBody } from './query-event';

/** Every expected error has one of these codes; each code has one HTTP status. */
export const statusOfCode = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  query_failed: 422,
  limited: 429,
  internal: 500,
  unreachable: 503,
  timeout: 504,
} as const;

export type ErrorCode = keyof typeof statusOfCode;

type Details = {
  hint?: string;
  sqlstate?: string;
  position?: number;
  suggestion?: string;
  retryAfter?: number;
  cause?: unknown;
};

const brand = Symbol.for('howdah.AppError');

/**
 * The one expected error. The message says what happened and why, `hint` what to do next, `position` the
 * 1-based character of the statement that PostgreSQL points at, `suggestion` a statement to run in its place.
 */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly hint?: string;
  readonly sqlstate?: string;
  readonly position?: number;
  /** Seconds after which it may be tried again. */
  readonly retryAfter?: number;
  readonly suggestion?: string;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.hint = details.hint;
    this.sqlstate = details.sqlstate;
    this.position = details.position;
    this.retryAfter = details.retryAfter;
    this.suggestion = details.suggestion;
  }

  /** Next gives pages and handlers a copy of this class each, and what they share throws the copy of either. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return typeof value === 'object' && value !== null && brand in value;
  }

  get status(): number {
    return statusOfCode[this.code];
  }
}

/** What an error says; of what was thrown and is no error, its text. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Any error as an AppError; what was not expected becomes `internal` and keeps its cause. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : new AppError('internal', 'Howdah failed on this request.', {
        hint: 'The log of the server has the details.',
        cause: error,
      });
}

/** The wire form of an error (API.md). What is not expected is `internal`: its text stays on the server. */
export function errorBody(error: unknown): ErrorBody {
  const { code, message, hint, sqlstate, position, suggestion } = asAppError(error);
  return { code, message, ...definedOnly({ hint, sqlstate, position, suggestion }) };
}

function definedOnly<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
