import type { EditorMarker, TextRange } from '@/components/sql-editor/editor-handle';
import type { ErrorBody } from '@/lib/query-event';
import { offsetOfPosition, type Piece, splitStatements, statementAt } from '@/lib/sql/split';
import { readVerb } from '@/lib/sql/verb';

/** What was sent, where in the editor it stood then, and its statements with their verbs. */
export type RunScript = { sql: string; base: number; pieces: Piece[]; verbs: string[] };

/** The whole text; null when it holds no statement. */
export function wholeScript(text: string): RunScript | null {
  return scriptAt(text, 0, text.length);
}

/** The selection, or without one the statement at the cursor; null when there is none. */
export function currentScript(text: string, { start, end }: TextRange): RunScript | null {
  if (start !== end) return scriptAt(text, start, end);
  const piece = statementAt(splitStatements(text), start);
  return piece ? scriptAt(text, piece.start, piece.end) : null;
}

function scriptAt(text: string, start: number, end: number): RunScript | null {
  const sql = text.slice(start, end);
  const pieces = splitStatements(sql);
  if (pieces.length === 0) return null;
  return { sql, base: start, pieces, verbs: pieces.map((piece) => readVerb(piece.text)) };
}

/** The verb of a statement, counted from 1: what its tag will begin with. */
export function verbOf(script: RunScript, statement: number): string {
  return script.verbs[statement - 1] || 'Statement';
}

/**
 * Where in the editor an error of a statement stands: from PostgreSQL's position (characters from 1 in the
 * statement) to the end of the word there. Null when the error has no position.
 */
export function errorMarker(script: RunScript, statement: number, error: ErrorBody): EditorMarker | null {
  const piece = script.pieces[statement - 1];
  if (!piece || error.position === undefined) return null;
  const offset = Math.min(offsetOfPosition(piece.text, error.position), piece.text.length - 1);
  const word = /^(?:[\w$]+|[^\w$])/u.exec(piece.text.slice(offset))?.[0] ?? '';
  const start = script.base + piece.start + offset;
  return { start, end: start + Math.max(1, word.length), message: error.message };
}
