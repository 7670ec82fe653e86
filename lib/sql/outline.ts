import { keyword, readToken } from './tokens';

/**
 * Walks the tokens of a statement outside parentheses: a word in upper case, a symbol as it is, '' for all else (quoted
 * names, constants, and a name behind a dot, which is never a key word). What is in parentheses is left out, but the
 * outer pair itself is told. Reads no further than it is asked to.
 */
export function* outline(statement: string): Generator<string> {
  let parens = 0;
  let isBehindDot = false;
  for (let token = readToken(statement, 0); token; token = readToken(statement, token.end)) {
    const symbol = token.kind === 'symbol' ? statement.slice(token.start, token.end) : '';
    if (symbol === ')') parens = Math.max(0, parens - 1);
    if (parens === 0) yield symbol || (isBehindDot ? '' : keyword(statement, token));
    if (symbol === '(') parens++;
    isBehindDot = symbol === '.';
  }
}

/** At most `count` entries from the start of a statement's outline. */
export function leadingWords(statement: string, count: number): string[] {
  const words: string[] = [];
  for (const word of outline(statement)) {
    if (words.push(word) >= count) break;
  }
  return words;
}
