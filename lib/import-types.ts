/** How a CSV file is written. `columns` are the relation's in the order of the file; null for one that is left out. */
export type CsvShape = {
  delimiter: string;
  quote: string;
  encoding: CsvEncoding;
  has_header: boolean;
  columns: (string | null)[];
};

/** Encodings of a file: PostgreSQL's names where it reads them itself, each with what JavaScript calls it. */
export const csvEncodings = {
  UTF8: 'utf-8',
  UTF16LE: 'utf-16le',
  UTF16BE: 'utf-16be',
  LATIN1: 'iso-8859-1',
  LATIN9: 'iso-8859-15',
  WIN1250: 'windows-1250',
  WIN1251: 'windows-1251',
  WIN1252: 'windows-1252',
} as const;
export type CsvEncoding = keyof typeof csvEncodings;

/** Those in which a delimiter is not one byte: they become UTF8 before anything else. */
export function isWide(encoding: CsvEncoding): encoding is 'UTF16LE' | 'UTF16BE' {
  return encoding === 'UTF16LE' || encoding === 'UTF16BE';
}

/**
 * What can't be brought in: a row by its number from 1 without the header, its line in the file, the column of the relation
 * and its value there; null where not known.
 */
export type BadRow = {
  row: number | null;
  line: number | null;
  column: string | null;
  value: string | null;
  message: string;
};

export type ImportResult = { rows: number; bytes: number; query_id: string; duration_ms: number };

/** Nothing was brought in; `is_more` when there are more bad rows than are named. */
export type ImportRefusal = { bad_rows: BadRow[]; is_more: boolean };
