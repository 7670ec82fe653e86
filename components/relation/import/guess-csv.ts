import { type CsvEncoding, type CsvShape, csvEncodings } from '@/lib/import-types';
import { readCsvRows } from '@/lib/sql/csv';

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

/** Places of a longer file that its encoding is guessed by too: its beginning may be ASCII. */
const sampledPlaces = 7;

/** Where a file of a size is looked into beside its beginning. */
export function samplePlaces(size: number): number[] {
  if (size <= headBytes) return [];
  return Array.from({ length: sampledPlaces }, (_, index) =>
    Math.floor(((size - headBytes) * (index + 1)) / sampledPlaces),
  );
}

/**
 * How a file is written, guessed by its beginning; its encoding by samples from further on too. `isWhole` when nothing follows
 * the beginning.
 */
export function guessCsv(head: Uint8Array, isWhole: boolean, samples: Uint8Array[] = []): GuessedCsv {
  const encoding = guessEncoding(head, samples);
  const text = decodeHead(head, encoding);
  const best = delimiters
    .map(({ value }) => ({ value, rows: readHead(text, { delimiter: value, quote: '"' }, isWhole) }))
    .sort((one, other) => evenness(other.rows) - evenness(one.rows))[0];
  const rows = best?.rows ?? [];
  return { delimiter: best?.value ?? ',', quote: '"', encoding, has_header: isHeader(rows), rows };
}

/** The beginning of a file as text. */
export function decodeHead(head: Uint8Array, encoding: CsvEncoding): string {
  return new TextDecoder(csvEncodings[encoding]).decode(head);
}

/** The first rows of it, those that the preview shows and the guess is made of. */
export function readHead(text: string, shape: Pick<CsvShape, 'delimiter' | 'quote'>, isWhole: boolean) {
  return readCsvRows(text, shape, { most: mostRows, isWhole });
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

/**
 * UTF-16 tells itself by its mark, or by the zero bytes of what is mostly ASCII; what is no UTF-8 is taken for Windows'
 * western characters, or for LATIN1 where it holds bytes that those leave out.
 */
function guessEncoding(head: Uint8Array, samples: Uint8Array[]): CsvEncoding {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return 'UTF16LE';
  if (first === 0xfe && second === 0xff) return 'UTF16BE';
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd > head.length / 4) return odd > even ? 'UTF16LE' : 'UTF16BE';
  const parts = [head, ...samples.map(fromCharacter)];
  if (parts.every(isUtf8)) return 'UTF8';
  return parts.some((part) => part.some((byte) => leftOutOfWindows.has(byte))) ? 'LATIN1' : 'WIN1252';
}

/** Without what may be the end of a character of UTF-8 that begins before. */
function fromCharacter(bytes: Uint8Array): Uint8Array {
  const start = bytes.subarray(0, 4).findIndex((byte) => (byte & 0xc0) !== 0x80);
  return bytes.subarray(Math.max(0, start));
}

/** Whether bytes are UTF-8; the last character may be cut. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const leftOutOfWindows = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

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
