import 'server-only';
import type pg from 'pg';
import type { BadRow } from '../import-types';
import { type CsvScan, mostNamed } from './csv-scan';

/** Milliseconds that the search for bad rows may take: what it has found by then is told. */
const patienceMs = 30_000;

/** Bad rows as they are found, up to as many as are named. */
export type BadRows = {
  add(bad: BadRow): void;
  /** The search begins, and with it its clock, if it runs not yet. */
  begin(): void;
  /** Nothing more is looked for. */
  isFull(): boolean;
  /** Those found and those of the scan, by their rows. */
  all(scan: CsvScan): { bad_rows: BadRow[]; is_more: boolean };
};

/** An empty list. The clock of the search starts with the first find at the latest. */
export function collectBadRows(): BadRows {
  const found: BadRow[] = [];
  let deadline = Number.POSITIVE_INFINITY;
  const begin = () => {
    deadline = Math.min(deadline, Date.now() + patienceMs);
  };
  const isFull = () => found.length >= mostNamed || Date.now() > deadline;
  return {
    add(bad) {
      begin();
      found.push(bad);
    },
    begin,
    isFull,
    all(scan) {
      const bad = [...found, ...scan.bad].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
      return {
        bad_rows: bad.slice(0, mostNamed),
        is_more: scan.isMore || isFull() || bad.length > mostNamed,
      };
    },
  };
}

/**
 * Whether an error is about a value: classes 22, data exception, 23, integrity constraint violation, raised ones, and 54000,
 * which is said of a value too long for an index.
 */
export function isOfData(error: unknown): error is pg.DatabaseError {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?:22|23|P0|44|54000)/.test(code);
}

/** What PostgreSQL says against a row. */
export function wordsOf({ message, detail }: pg.DatabaseError): string {
  return [message, detail].filter(Boolean).join('. ');
}

/** Characters of a value that are told. */
const toldCharacters = 200;

/** A value as it is told; null for an empty one. */
export function toldValue(value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return value.length > toldCharacters ? `${value.slice(0, toldCharacters)}…` : value;
}

/** Where COPY has stopped, as it tells beside the message, in whatever language: a line of its data, and a column. */
export function placeOf(
  { where = '', column }: pg.DatabaseError,
  relation: string,
  names: string[],
): { line: number | null; column: string | null } {
  const start = `\nCOPY ${relation}, `;
  // A type's input may have said where in the value it was, before.
  const [, ...after] = `\n${where}`.split(start);
  const told = /^\D*(\d+)(.*)$/s.exec(after.join(start));
  const rest = told?.[2] ?? '';
  return {
    line: told === null ? null : Number(told[1]),
    column: column ?? names.find((name) => rest.includes(` ${name}: `)) ?? null,
  };
}
