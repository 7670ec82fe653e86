import type { CsvEncoding, CsvShape } from '@/lib/import-types';

/** How a file looks, by its beginning; `rows` are its first ones, the header among them. */
export type GuessedCsv = Omit<CsvShape, 'columns'> & { rows: string[][] };

export const delimiters = [
  { value: ',', words: 'comma' },
  { value: ';', words: 'semicolon' },
  { value: '\t', words: 'tab' },
  { value: '|', words: 'bar' },
] as const;

/** The first bytes of a file that a guess is made of. */
export const headBytes = 64 * 1024;

const mostRows = 20;

/** How a file is written, guessed by its beginning. `isWhole` when nothing follows. */
export function guessCsv(head: Uint8Array, isWhole: boolean): GuessedCsv {
  const encoding = guessEncoding(head);
  const text = decodeHead(head, encoding);
  const best = delimiters
    .map(({ value }) => ({ value, rows: readRows(text, value, '"', isWhole) }))
    .sort((one, other) => evenness(other.rows) - evenness(one.rows))[0];
  const rows = best?.rows ?? [];
  return { delimiter: best?.value ?? ',', quote: '"', encoding, has_header: isHeader(rows), rows };
}

/** The beginning of a file as text. */
export function decodeHead(head: Uint8Array, encoding: CsvEncoding): string {
  const label = {
    UTF8: 'utf-8',
    LATIN1: 'iso-8859-1',
    LATIN9: 'iso-8859-15',
    WIN1250: 'windows-1250',
    WIN1252: 'windows-1252',
  };
  return new TextDecoder(label[encoding]).decode(head);
}

/** The first rows of a file as COPY would take them; one that may be cut off is left out. */
export function readRows(text: string, delimiter: string, quote: string, isWhole: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < text.length && rows.length < mostRows; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted && letter === quote && text[at + 1] === quote) {
      value += quote;
      at += 1;
    } else if (letter === quote) isQuoted = !isQuoted;
    else if (!isQuoted && letter === delimiter) {
      row.push(value);
      value = '';
    } else if (!isQuoted && letter === '\n') {
      rows.push([...row, value.replace(/\r$/, '')]);
      row = [];
      value = '';
    } else value += letter;
  }
  const isBegun = row.length > 0 || value !== '';
  return isWhole && isBegun && rows.length < mostRows ? [...rows, [...row, value]] : rows;
}

/** The relation's columns in the order of the file: by the header's names, else by their places. */
export function mapColumns(
  names: readonly string[],
  [first = []]: string[][],
  hasHeader: boolean,
): (string | null)[] {
  const plain = (name: string) => name.trim().toLowerCase();
  const taken = new Set<string>();
  return first.map((title, place) => {
    const found = hasHeader ? names.find((name) => plain(name) === plain(title)) : names[place];
    if (found === undefined || taken.has(found)) return null;
    taken.add(found);
    return found;
  });
}

function guessEncoding(head: Uint8Array): CsvEncoding {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'UTF8';
  } catch {
    return 'WIN1252';
  }
}

/** Rows of one width and of several values speak for a delimiter. */
function evenness(rows: string[][]): number {
  const width = rows[0]?.length ?? 0;
  const even = rows.filter((row) => row.length === width).length;
  return width < 2 ? 0 : (even / rows.length) * width;
}

/** A header names each column once, and in words. */
function isHeader([first = []]: string[][]): boolean {
  return new Set(first).size === first.length && first.every((title) => /^\s*[\p{L}_]/u.test(title));
}
