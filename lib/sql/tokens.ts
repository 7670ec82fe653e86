/**
 * `word`: a key word or an unquoted identifier · `quoted`: "…" · `string`: any string constant, its prefix with it ·
 * `number`: a number or a parameter ($1) · `comment`: a block comment that never ends · `symbol`: one character.
 */
export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'comment' | 'symbol';

/** One token of SQL text; `start` and `end` are UTF-16 offsets. */
export type Token = { kind: TokenKind; start: number; end: number };

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const DOLLAR = 0x24;
const AMPERSAND = 0x26;
const QUOTE = 0x27;
const STAR = 0x2a;
const DASH = 0x2d;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const UNDERSCORE = 0x5f;
const LOWER_E = 0x65;
const LOWER_U = 0x75;

/** Sets the bit that makes an ASCII letter lower case. */
const LOWER = 0x20;

/**
 * Reads the first token at or behind the UTF-16 offset `from`, as the lexer of PostgreSQL 18 does with
 * standard_conforming_strings on; white space and comments are skipped. What is never closed reaches to the end of the
 * text. Returns undefined where no token is left; never throws. A script is read in linear time.
 */
export function readToken(sql: string, from: number): Token | undefined {
  const start = skipBlank(sql, from);
  if (start >= sql.length) return undefined;
  const code = sql.charCodeAt(start);
  if (isWordStart(code)) return readWord(sql, start);
  if (isDigit(code)) return { kind: 'number', start, end: endOfNumber(sql, start) };
  if (code === QUOTE) return { kind: 'string', start, end: endOfQuotes(sql, start, "'") };
  if (code === DOUBLE_QUOTE) return { kind: 'quoted', start, end: endOfQuotes(sql, start, '"') };
  if (code === DOLLAR) return readDollar(sql, start);
  if (startsBlockComment(sql, start)) return { kind: 'comment', start, end: sql.length };
  return { kind: 'symbol', start, end: start + 1 };
}

/** The token's key word in upper case; '' for a token that is no word, or a word with characters beyond ASCII. */
export function keyword(sql: string, token: Token): string {
  if (token.kind !== 'word' || token.end - token.start > 32) return '';
  const text = sql.slice(token.start, token.end);
  // JavaScript's upper case turns ſ into S, but PostgreSQL folds key words by ASCII alone.
  return /^[a-z_]+$/i.test(text) ? text.toUpperCase() : '';
}

/** Whether the token is this one character, unquoted. */
export function isSymbol(sql: string, token: Token, symbol: string): boolean {
  return token.kind === 'symbol' && sql[token.start] === symbol;
}

/** Offset of the line's end at or behind `from`: its line feed or carriage return, or the end of the text. */
export function endOfLine(sql: string, from: number): number {
  let at = from;
  while (at < sql.length && !isNewline(sql.charCodeAt(at))) at++;
  return at;
}

function isNewline(code: number): boolean {
  return code === LINE_FEED || code === CARRIAGE_RETURN;
}

function isSpace(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= CARRIAGE_RETURN);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** PostgreSQL takes every byte above 0x7f for a letter, U+00A0 too. */
function isWordStart(code: number): boolean {
  const lower = code | LOWER;
  return (lower >= 0x61 && lower <= 0x7a) || code === UNDERSCORE || code >= 0x80;
}

function isTagPart(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

function isWordPart(code: number): boolean {
  return isTagPart(code) || code === DOLLAR;
}

function startsLineComment(sql: string, at: number): boolean {
  return sql.charCodeAt(at) === DASH && sql.charCodeAt(at + 1) === DASH;
}

function startsBlockComment(sql: string, at: number): boolean {
  return sql.charCodeAt(at) === SLASH && sql.charCodeAt(at + 1) === STAR;
}

/** Skips white space and comments; stops before a block comment that never ends, so that the server can complain. */
function skipBlank(sql: string, from: number): number {
  let at = from;
  for (;;) {
    if (isSpace(sql.charCodeAt(at))) at++;
    else if (startsLineComment(sql, at)) at = endOfLine(sql, at);
    else if (startsBlockComment(sql, at)) {
      const end = endOfBlockComment(sql, at);
      if (end === undefined) return at;
      at = end;
    } else return at;
  }
}

function endOfBlockComment(sql: string, start: number): number | undefined {
  let depth = 1;
  let at = start + 2;
  while (at < sql.length) {
    if (startsBlockComment(sql, at)) {
      depth++;
      at += 2;
    } else if (sql.charCodeAt(at) === STAR && sql.charCodeAt(at + 1) === SLASH) {
      at += 2;
      if (--depth === 0) return at;
    } else at++;
  }
  return undefined;
}

/** An identifier or key word, unless it is the E or U& of a string constant. */
function readWord(sql: string, start: number): Token {
  let end = start + 1;
  while (isWordPart(sql.charCodeAt(end))) end++;
  if (end > start + 1) return { kind: 'word', start, end };
  const letter = sql.charCodeAt(start) | LOWER;
  const next = sql.charCodeAt(end);
  if (letter === LOWER_E && next === QUOTE) return { kind: 'string', start, end: endOfEscapes(sql, end) };
  if (letter === LOWER_U && next === AMPERSAND) {
    const quote = sql[end + 1];
    if (quote === "'") return { kind: 'string', start, end: endOfQuotes(sql, end + 1, quote) };
    if (quote === '"') return { kind: 'quoted', start, end: endOfQuotes(sql, end + 1, quote) };
  }
  return { kind: 'word', start, end };
}

/** Digits, and the letters glued to them (0x1f, 1_000, 1e5): `1a$$` is one token, `1$$` is two. */
function endOfNumber(sql: string, start: number): number {
  let end = start + 1;
  while (isDigit(sql.charCodeAt(end))) end++;
  if (isWordStart(sql.charCodeAt(end))) while (isWordPart(sql.charCodeAt(end))) end++;
  return end;
}

/** Offset behind '…' or "…" that opens at `open`; a doubled quote is part of it. */
function endOfQuotes(sql: string, open: number, quote: string): number {
  let at = sql.indexOf(quote, open + 1);
  while (at !== -1 && sql[at + 1] === quote) at = sql.indexOf(quote, at + 2);
  return at === -1 ? sql.length : at + 1;
}

/** Offset behind E'…' whose first quote is at `open`, its continuations on later lines with it. */
function endOfEscapes(sql: string, open: number): number {
  let at = open + 1;
  while (at < sql.length) {
    const code = sql.charCodeAt(at);
    if (code === BACKSLASH) at += 2;
    else if (code !== QUOTE) at++;
    else if (sql.charCodeAt(at + 1) === QUOTE) at += 2;
    else {
      const next = continuation(sql, at + 1);
      if (next === undefined) return at + 1;
      at = next + 1;
    }
  }
  return sql.length;
}

/**
 * Offset of the quote that continues the constant that ends at `from`: white space with a newline must part them, and
 * line comments may. It matters for E'…' alone: there the continuation has backslash escapes too.
 */
function continuation(sql: string, from: number): number | undefined {
  let at = from;
  let newline = false;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (isSpace(code)) {
      newline ||= isNewline(code);
      at++;
    } else if (startsLineComment(sql, at)) at = endOfLine(sql, at);
    else return newline && code === QUOTE ? at : undefined;
  }
}

/** $1, a dollar-quoted string, or a lone dollar. */
function readDollar(sql: string, start: number): Token {
  if (isDigit(sql.charCodeAt(start + 1))) return { kind: 'number', start, end: endOfNumber(sql, start + 1) };
  let end = start + 1;
  if (isWordStart(sql.charCodeAt(end))) while (isTagPart(sql.charCodeAt(end))) end++;
  if (sql.charCodeAt(end) !== DOLLAR) return { kind: 'symbol', start, end: start + 1 };
  const tag = sql.slice(start, end + 1);
  const close = sql.indexOf(tag, end + 1);
  return { kind: 'string', start, end: close === -1 ? sql.length : close + tag.length };
}
