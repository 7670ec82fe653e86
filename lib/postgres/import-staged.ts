import 'server-only';
import type pg from 'pg';
import type { BadRow } from '../import-types';
import { type BadRows, isOfData, placeOf, toldValue, wordsOf } from './bad-rows';
import { copyIn } from './copy-in';
import type { CsvScanner } from './csv-scan';
import { endedEarly, type Import } from './import-direct';
import type { StagedPlan } from './import-plan';
import { sendSimple } from './simple';

/**
 * Brings the rows of a file into the relation by one INSERT, from a table of the session that holds them as text. Throws what
 * was said against them, once the bad ones are named: nothing may be committed then.
 */
export async function bringStaged({ client, plan, csv, source, bad }: Import): Promise<void> {
  const { staged } = plan;
  const lines = createLineIndex();
  await sendSimple(client, staged.create);
  const copied = await copyIn(client, staged.copy, scanned(source, csv, lines)).catch((error) => {
    const { line } = placeOf(error, 'howdah_import', []);
    if (line !== null && csv.scan.bad.length === 0) {
      bad.add({
        row: null,
        line: line + csv.scan.headLines,
        column: null,
        value: null,
        message: error.message,
      });
    }
    throw error;
  });
  if (csv.scan.bad.length > 0) return;
  if (copied !== csv.scan.rows) throw endedEarly(copied, csv.scan.rows);
  await sendSimple(client, 'savepoint howdah_rows');
  try {
    await sendSimple(client, staged.insert);
  } catch (error) {
    if (!isOfData(error)) throw error;
    await sendSimple(client, 'rollback to savepoint howdah_rows');
    await findBadRows(client, staged, copied, { bad, lineOf: lines.lineOf });
    throw error;
  }
}

async function* scanned(
  source: AsyncGenerator<Buffer>,
  csv: CsvScanner,
  lines: LineIndex,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const rows = csv.take(chunk);
    lines.add(csv.takeRows().lines);
    if (rows.length > 0) yield rows;
  }
  csv.end();
  lines.add(csv.takeRows().lines);
}

type LineIndex = ReturnType<typeof createLineIndex>;

/** Rows of many lines that are remembered: beyond them a row's line is not known. */
const mostLongRows = 100_000;

/** The line of the file that each row begins in: kept are only the rows that do not follow the one before on the next line. */
function createLineIndex() {
  const rows: number[] = [];
  const offsets: number[] = [];
  let count = 0;
  return {
    add(lines: number[]) {
      for (const line of lines) {
        count += 1;
        if (line - count === offsets.at(-1) || rows.length > mostLongRows) continue;
        rows.push(count);
        offsets.push(line - count);
      }
    },
    lineOf(row: number): number | null {
      if (rows.length > mostLongRows && row > (rows.at(-1) ?? 0)) return null;
      const after = rows.findIndex((start) => start > row);
      const offset = offsets[(after === -1 ? rows.length : after) - 1];
      return offset === undefined ? null : row + offset;
    },
  };
}

type Found = { bad: BadRows; lineOf(row: number): number | null };

/** Names the staged rows that the relation does not take, by inserting ever smaller ranges; the others are in it then. */
async function findBadRows(client: pg.Client, plan: StagedPlan, rows: number, found: Found): Promise<void> {
  const ranges: [first: number, last: number][] = [[1, rows]];
  for (let range = ranges.pop(); range !== undefined && !found.bad.isFull(); range = ranges.pop()) {
    const [first, last] = range;
    const error = await tryStatement(client, plan.insertRange(first, last));
    if (error === null) continue;
    if (first === last) found.bad.add(await describeRow(client, plan, first, { error, ...found }));
    else {
      const middle = Math.floor((first + last) / 2);
      ranges.push([middle + 1, last], [first, middle]);
    }
  }
}

/** A row that was refused, with the first of its columns whose type does not take its value. */
async function describeRow(
  client: pg.Client,
  plan: StagedPlan,
  row: number,
  { error, lineOf }: { error: pg.DatabaseError; lineOf(row: number): number | null },
): Promise<BadRow> {
  const place = { row, line: lineOf(row), message: wordsOf(error) };
  for (const { name, text, typed } of plan.columns) {
    const isIt =
      error.column === undefined && (await tryStatement(client, plan.readOne(typed, row))) !== null;
    if (!isIt && error.column !== name) continue;
    const { rows } = await client.query<{ value: string | null }>(plan.readOne(text, row));
    return { ...place, column: name, value: toldValue(rows[0]?.value) };
  }
  return { ...place, column: error.column ?? null, value: null };
}

/** What PostgreSQL says against a statement of ours; null where it takes it. */
async function tryStatement(client: pg.Client, sql: string): Promise<pg.DatabaseError | null> {
  await client.query('savepoint howdah_range');
  try {
    await client.query(sql);
    await client.query('release savepoint howdah_range');
    return null;
  } catch (error) {
    if (!isOfData(error)) throw error;
    await client.query('rollback to savepoint howdah_range');
    return error;
  }
}
