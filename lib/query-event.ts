/** One column of a result: its name as PostgreSQL sends it (duplicates are legal), its type's name and oid. */
export type Field = { name: string; type: string; type_oid: number };

/** PostgreSQL's text output, or null for NULL. Never a number, never nested JSON. */
export type Cell = string | null;

/** A cell that arrived shortened: row within its `rows` event, column, and the full length in bytes. */
export type Cut = [row: number, column: number, bytes: number];

/**
 * What an error looks like on the wire (API.md). `position` counts characters from 1 in the statement; `suggestion` is a
 * statement that may be run in its place.
 */
export type ErrorBody = {
  code: string;
  message: string;
  hint?: string;
  sqlstate?: string;
  position?: number;
  suggestion?: string;
};

/** An error in one line: what happened, why, what to do next. */
export function errorLine({ message, hint }: Pick<ErrorBody, 'message' | 'hint'>): string {
  return hint ? `${message} ${hint}` : message;
}

/**
 * The one language of results, from cursor to grid; one JSON object a line of NDJSON. A statement is
 * `start`, then `fields`, `rows` and `notice` in any number, then `done` or `error`.
 */
export type QueryEvent =
  | { type: 'start'; id: string; statement: number; of: number }
  | { type: 'fields'; fields: Field[] }
  | { type: 'rows'; rows: Cell[][]; cut?: Cut[] }
  | { type: 'notice'; severity: string; message: string }
  | { type: 'done'; command: string; row_count: number | null; truncated: boolean; duration_ms: number }
  | { type: 'error'; error: ErrorBody }
  | { type: 'skipped'; from: number; to: number };
