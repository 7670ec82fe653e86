import { endOfLine, isSymbol, keyword, readToken, type Token } from './tokens';

/**
 * One statement of a script. `start` and `end` are UTF-16 offsets into the script, `text` is `script.slice(start, end)`:
 * from its first token to its last, without the semicolon and without the comments before and behind it.
 */
export type Piece = { start: number; end: number; text: string };

/** Where the splitter is: in parentheses, in the BEGIN ATOMIC bodies of routines, in the statement's first words. */
type Scan = {
  parens: number;
  bodies: number;
  head: Head;
  previous: string;
};

/** How far the words so far match CREATE [OR REPLACE] FUNCTION | PROCEDURE; `other` for any other statement. */
type Head = 'start' | 'create' | 'or' | 'replace' | 'routine' | 'other';

/**
 * Splits a script into statements where the parser of PostgreSQL 18 would (standard_conforming_strings on): at each
 * semicolon outside quotes, comments, parentheses and BEGIN ATOMIC … END. psql's `\;` splits too, and a psql
 * meta-command (a backslash at the start of a statement) is a piece of its own, to the end of its line. Pieces without
 * a token are dropped; what is never closed reaches to the end of the script. Never throws; linear time.
 */
export function splitStatements(sql: string): Piece[] {
  const pieces: Piece[] = [];
  let scan = newScan();
  let start = -1;
  let end = -1;
  const close = () => {
    if (start >= 0) pieces.push({ start, end, text: sql.slice(start, end) });
    start = -1;
    scan = newScan();
  };
  let token = readToken(sql, skipByteOrderMark(sql));
  while (token) {
    let next = token.end;
    const isOutside = scan.parens === 0 && scan.bodies === 0;
    if (isOutside && isSymbol(sql, token, ';')) close();
    else if (isOutside && isSymbol(sql, token, '\\') && sql[next] === ';') {
      next++;
      close();
    } else if (start < 0 && isSymbol(sql, token, '\\')) {
      next = endOfLine(sql, token.start);
      start = token.start;
      end = start + sql.slice(start, next).trimEnd().length;
      close();
    } else {
      if (start < 0) start = token.start;
      end = token.end;
      advance(sql, token, scan);
    }
    token = readToken(sql, next);
  }
  close();
  return pieces;
}

/**
 * The statement to run when the cursor is at this UTF-16 offset: the one it is in, or directly behind (its semicolon
 * included), or the last one when the cursor is anywhere behind it. Undefined elsewhere: in a comment between two
 * statements nobody can say which is meant.
 */
export function statementAt(pieces: Piece[], offset: number): Piece | undefined {
  const piece = pieces.findLast((candidate) => candidate.start <= offset);
  const isNear = piece && (offset <= piece.end + 1 || piece === pieces.at(-1));
  return isNear ? piece : undefined;
}

/**
 * Translates PostgreSQL's position of an error (characters, that is code points, counted from 1) to a UTF-16 offset in
 * the same text, held within 0 … text.length.
 */
export function offsetOfPosition(text: string, position: number): number {
  let offset = 0;
  for (let left = position; left > 1 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

function newScan(): Scan {
  return { parens: 0, bodies: 0, head: 'start', previous: '' };
}

/** psql skips a byte order mark too; the server would take it for a letter. */
function skipByteOrderMark(sql: string): number {
  return sql.charCodeAt(0) === 0xfeff ? 1 : 0;
}

/**
 * Takes one token of a statement into account. A body's END is one that follows its ATOMIC or a semicolon: the grammar
 * has no other place for it, so that CASE … END, aliases named "end" and nested bodies need no counting of their own.
 */
function advance(sql: string, token: Token, scan: Scan): void {
  const word = token.kind === 'symbol' ? (sql[token.start] ?? '') : keyword(sql, token);
  if (word === '(') scan.parens++;
  else if (word === ')') scan.parens = Math.max(0, scan.parens - 1);
  else if (scan.parens > 0) return;
  else if (word === 'ATOMIC' && scan.previous === 'BEGIN' && scan.head === 'routine') {
    scan.bodies++;
    scan.head = 'start';
  } else if (word === ';') scan.head = 'start';
  else if (word === 'END' && scan.bodies > 0 && scan.head === 'start') {
    scan.bodies--;
    scan.head = 'other';
  } else scan.head = nextHead(scan.head, word);
  scan.previous = word;
}

function nextHead(head: Head, word: string): Head {
  if (head === 'routine' || head === 'other') return head;
  if (head === 'start') return word === 'CREATE' ? 'create' : 'other';
  if (head === 'create' && word === 'OR') return 'or';
  if (head === 'or') return word === 'REPLACE' ? 'replace' : 'other';
  return word === 'FUNCTION' || word === 'PROCEDURE' ? 'routine' : 'other';
}
