/** How a CSV file is written. `columns` are the relation's in the order of the file; null for one that is left out. */
export type CsvShape = {
  delimiter: string;
  quote: string;
  encoding: CsvEncoding;
  has_header: boolean;
  columns: (string | null)[];
};

/** Encodings in which a delimiter is one byte wherever it stands; PostgreSQL's names. */
export const csvEncodings = ['UTF8', 'LATIN1', 'LATIN9', 'WIN1250', 'WIN1252'] as const;
export type CsvEncoding = (typeof csvEncodings)[number];

/** What can't be brought in: a row by its number from 1 without the header, its line in the file; null where not known. */
export type BadRow = { row: number | null; line: number | null; message: string };

export type ImportResult = { rows: number; bytes: number; query_id: string; duration_ms: number };

/** Nothing was brought in; `is_more` when there are more bad rows than are named. */
export type ImportRefusal = { bad_rows: BadRow[]; is_more: boolean };
