import 'server-only';
import type pg from 'pg';
import { AppError } from '../errors';
import { type BadRow, type CsvShape, csvEncodings, isWide } from '../import-types';
import { readCsvRows } from '../sql/csv';
import { findBadBytes } from './bad-bytes';
import { type BadRows, isOfData, placeOf, toldValue, wordsOf } from './bad-rows';
import { copyIn } from './copy-in';
import { type CsvBatch, cutIntoBatches } from './csv-batches';
import type { CsvRows, CsvScanner } from './csv-scan';
import { sendSimple } from './simple';

/** Rows of a batch, from 0. */
type Range = [first: number, last: number];

/** An import in its transaction: where its rows come from, and the bad ones among them. */
export type Import = {
  client: pg.Client;
  shape: CsvShape;
  csv: CsvScanner;
  source: AsyncGenerator<Buffer>;
  bad: BadRows;
};

/** What rows are copied into. */
export type CopyInto = {
  /** Its name, as COPY says where it has stopped. */
  name: string;
  /** The statement for rows of the file from this number on. */
  copy(firstRow: number): string;
  /** Told of each batch of the file, whether it was taken or not. */
  onRows?(rows: CsvRows): void;
};

/** What PostgreSQL, or Howdah for it, says against rows. */
export type Refusal = AppError | pg.DatabaseError;

/**
 * Copies the rows of a file, some megabytes at a time. A batch that is refused is taken back, its bad rows are named, and
 * the good ones go in, so that those behind them are judged as they would be. Answers, once the file is read, what was said
 * against the first batch that was refused: nothing may be committed then; null where all rows are in.
 */
export async function copyInBatches(work: Import, into: CopyInto): Promise<Refusal | null> {
  const { client, csv, source, bad } = work;
  const next = cutIntoBatches(source, csv);
  let failure: Refusal | null = null;
  let before = '';
  for (let batch = next(); batch !== null; batch = next()) {
    if (bad.isFull()) {
      for await (const _ of batch.read());
      continue;
    }
    const refused = await copyBatch(
      client,
      `${before}savepoint howdah_batch; ${into.copy(batch.firstRow)}`,
      batch,
    );
    into.onRows?.(batch.rows);
    before = 'release savepoint howdah_batch; ';
    if (refused === null) continue;
    failure ??= refused;
    await sendSimple(client, 'rollback to savepoint howdah_batch');
    await nameBadRows(work, into, { batch, refused });
  }
  return failure;
}

/** What was said against a batch; null where all its rows are in. */
async function copyBatch(client: pg.Client, sql: string, batch: CsvBatch): Promise<Refusal | null> {
  try {
    const copied = await copyIn(client, sql, batch.read());
    return copied === batch.rows.ends.length ? null : endedEarly(copied, batch.rows.ends.length);
  } catch (error) {
    if (!isOfData(error)) throw error;
    return error;
  }
}

/** COPY ends at a line that holds only `\.`, and says nothing of the rows behind it. */
function endedEarly(copied: number, rows: number): AppError {
  return new AppError('invalid', `PostgreSQL took ${copied} rows where the file has ${rows}.`, {
    hint: 'Nothing was brought in. A line that holds only \\. ends the data for PostgreSQL before 18: put it in quotes.',
  });
}

/** Finds the rows of a batch that are not taken; the others are in afterwards. */
async function nameBadRows(
  { client, shape, csv, bad }: Import,
  into: CopyInto,
  { batch, refused }: { batch: CsvBatch; refused: Refusal },
): Promise<void> {
  const bytes = batch.bytes();
  const place = { row: batch.firstRow, line: batch.rows.lines[0] ?? null };
  if (refused instanceof AppError) return bad.add({ ...place, ...nothingKnown, message: refused.message });
  if (bytes === null) return bad.add({ ...place, ...nothingKnown, message: wordsOf(refused) });
  const { ends } = batch.rows;
  const startOf = (row: number) => ends[row - 1] ?? 0;
  const ranges = widthRanges(csv, batch);
  for (let range = ranges.pop(); range !== undefined && !bad.isFull(); range = ranges.pop()) {
    const [first, last] = range;
    if (first > last) continue;
    const copy = into.copy(batch.firstRow + first);
    const error = await tryRows(client, copy, bytes.subarray(startOf(first), ends[last]));
    if (error === null) continue;
    const { line, column } = placeOf(error, into.name, namesOf(shape));
    const at = line === null ? null : rowOfLine(batch.rows, bytes, range, line);
    const row = at ?? (first === last ? first : null);
    if (row === null) {
      const middle = Math.floor((first + last) / 2);
      ranges.push([middle + 1, last], [first, middle]);
      continue;
    }
    bad.add(
      describeRow({ error, column, shape }, { batch, row, bytes: bytes.subarray(startOf(row), ends[row]) }),
    );
    ranges.push([row + 1, last], [first, row - 1]);
  }
}

const nothingKnown = { column: null, value: null };

/** A row that was refused: of bytes that are none of its encoding the line and the place in it are told too. */
function describeRow(
  { error, column, shape }: { error: pg.DatabaseError; column: string | null; shape: CsvShape },
  { batch, row, bytes }: { batch: CsvBatch; row: number; bytes: Buffer },
): BadRow {
  const line = batch.rows.lines[row] ?? null;
  const place = { row: batch.firstRow + row, line };
  const found = column === null ? findBadBytes(error, bytes, shape) : null;
  if (found === null)
    return { ...place, column, value: cellOf(bytes, shape, column), message: wordsOf(error) };
  const where = line === null ? '' : ` of line ${line + found.line}`;
  return {
    ...place,
    column: found.column,
    value: cellOf(bytes, shape, found.column),
    message: `${wordsOf(error)} at byte ${found.byte}${where}`,
  };
}

/** The rows of a batch between those of a wrong width, which are named already; the first range is the last. */
function widthRanges({ scan }: CsvScanner, { firstRow, rows }: CsvBatch): Range[] {
  const ranges: Range[] = [];
  let first = 0;
  for (const { row } of scan.bad) {
    const index = (row ?? 0) - firstRow;
    if (index < first || index >= rows.ends.length) continue;
    ranges.unshift([first, index - 1]);
    first = index + 1;
  }
  return [[first, rows.ends.length - 1], ...ranges];
}

/** What PostgreSQL says against some rows; null where they are in. */
async function tryRows(client: pg.Client, copy: string, rows: Buffer): Promise<pg.DatabaseError | null> {
  try {
    await copyIn(client, `savepoint howdah_rows; ${copy}`, inPieces(rows));
    await sendSimple(client, 'release savepoint howdah_rows');
    return null;
  } catch (error) {
    if (!isOfData(error)) throw error;
    await sendSimple(client, 'rollback to savepoint howdah_rows');
    return error;
  }
}

const pieceBytes = 64 * 1024;

/** In pieces, so that what follows a bad row is not sent for nothing. */
async function* inPieces(rows: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < rows.length; at += pieceBytes) yield rows.subarray(at, at + pieceBytes);
}

/**
 * The row that COPY has stopped at by its own count of lines: a line end within quotes counts only when it begins as the
 * file's own do, and never in the first row, before COPY knows how they do.
 */
function rowOfLine(
  { ends, lines }: CsvRows,
  bytes: Buffer,
  [first, last]: Range,
  line: number,
): number | null {
  const firstEnd = ends[first] ?? 0;
  const mark = bytes[firstEnd - 2] === 0x0d ? 0x0d : 0x0a;
  let counted = 0;
  for (let row = first; row <= last; row += 1) {
    counted += 1;
    const isLong = row > first && (lines[row + 1] ?? Number.POSITIVE_INFINITY) - (lines[row] ?? 0) > 1;
    if (isLong) counted += countWithin(bytes.subarray(ends[row - 1], ends[row]), mark);
    if (counted >= line) return row;
  }
  return null;
}

/** How often a line end begins within a row, its own left out. */
function countWithin(row: Buffer, mark: number): number {
  const end = row.length - (mark === 0x0d ? 2 : 1);
  let count = 0;
  for (let at = row.indexOf(mark); at !== -1 && at < end; at = row.indexOf(mark, at + 1)) count += 1;
  return count;
}

function namesOf({ columns }: CsvShape): string[] {
  return columns.filter((name) => name !== null);
}

/** What a row of the file has for a column, as its encoding reads it; null where that is not known or nothing. */
function cellOf(
  row: Buffer,
  { columns, encoding, ...shape }: CsvShape,
  column: string | null,
): string | null {
  if (column === null) return null;
  const text = new TextDecoder(csvEncodings[isWide(encoding) ? 'UTF8' : encoding]).decode(row);
  const [cells] = readCsvRows(text, shape, { most: 1, isWhole: true });
  return toldValue(cells?.[columns.indexOf(column)]);
}
