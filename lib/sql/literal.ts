import { RESERVED_KEYWORDS } from './keywords';

/**
 * A text constant for SQL, right whatever standard_conforming_strings says; null gives `null`. The constant is not
 * padded: the caller keeps it apart from a word before it. Throws RangeError on text that PostgreSQL cannot hold: NUL
 * and lone surrogates.
 */
export function quoteLiteral(text: string | null): string {
  if (text === null) return 'null';
  requireStorable(text);
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/**
 * A name for SQL, quoted only where it must be: what is not lower case or is a key word of PostgreSQL 18 that cannot be
 * every kind of name. Never shortened: PostgreSQL itself cuts names at 63 bytes. Throws RangeError on an empty name, NUL
 * and lone surrogates.
 */
export function quoteIdentifier(name: string): string {
  if (name === '')
    throw new RangeError('A name in PostgreSQL cannot be empty. Give it at least one character.');
  requireStorable(name);
  const isPlain = /^[a-z_][a-z0-9_$]*$/.test(name) && !RESERVED_KEYWORDS.has(name);
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

function requireStorable(text: string): void {
  if (text.includes('\0')) {
    throw new RangeError('PostgreSQL cannot store the character U+0000 in text. Remove it.');
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new RangeError('The text holds half of a surrogate pair, which UTF-8 cannot encode. Remove it.');
  }
}
