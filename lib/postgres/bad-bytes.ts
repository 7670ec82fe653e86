import type pg from 'pg';
import { type CsvShape, isWide } from '../import-types';
import { readCsvRows } from '../sql/csv';

/** Bytes that are none of their encoding, or that the database cannot hold: in which line of the row, and where in that. */
export type BadBytes = {
  /** From 0. */
  line: number;
  /** Of the file, from 1 in the line. */
  byte: number;
  /** The relation's column that they were meant for; null where that is left out. */
  column: string | null;
};

/** character_not_in_repertoire and untranslatable_character. */
const ofBytes = new Set<unknown>(['22021', '22P05']);

/** The bytes of a row that an error of COPY is about; null where it is about something else, or they are not found. */
export function findBadBytes(error: pg.DatabaseError, row: Buffer, shape: CsvShape): BadBytes | null {
  if (!ofBytes.has(error.code)) return null;
  const isUtf8 = shape.encoding === 'UTF8' || isWide(shape.encoding);
  const unread = isUtf8 ? firstUnread(row) : -1;
  const at = unread === -1 ? row.indexOf(toldBytes(error)) : unread;
  if (at === -1) return null;
  const before = row.subarray(0, at);
  const lineStart = before.lastIndexOf(0x0a) + 1;
  const inLine = before.subarray(lineStart);
  const cells = readCsvRows(`${before.toString('latin1')}x`, shape, { most: 1, isWhole: true })[0] ?? [];
  return {
    line: before.toString('latin1').split('\n').length - 1,
    byte: (isWide(shape.encoding) ? inLine.toString().length * 2 : inLine.length) + 1,
    column: shape.columns[cells.length - 1] ?? null,
  };
}

const replacement = Buffer.from('\ufffd');

/** Where the first bytes are that are no UTF-8; -1 where there are none. */
function firstUnread(row: Buffer): number {
  let at = 0;
  for (const character of row.toString()) {
    const length = Buffer.byteLength(character);
    if (character === '\ufffd' && !row.subarray(at, at + length).equals(replacement)) return at;
    at += length;
  }
  return -1;
}

/** The bytes that PostgreSQL tells in its message, in any language: `0xe2 0x82 0xac`. */
function toldBytes({ message }: pg.DatabaseError): Buffer {
  const told = message.match(/\b0x[0-9a-f]{2}\b/g) ?? [];
  return Buffer.from(told.map((text) => Number(text)));
}
