import 'server-only';
import type pg from 'pg';
import type { BadRow } from '../import-types';
import { type BadRows, isOfData, toldValue, wordsOf } from './bad-rows';
import { listSelfReferences } from './catalog/insert-effects';
import { copyInBatches, type Import, type Refusal } from './import-batches';
import type { ImportPlan, StagedPlan } from './import-plan';
import { createLineIndex, type LineIndex } from './line-index';
import { sendSimple } from './simple';

/**
 * Brings the rows of a file into the relation by one INSERT, from a table of the session that holds them as text. Answers
 * what was said against them, on either way, once the bad ones are named: nothing may be committed then; null where all
 * are in.
 */
export async function bringStaged(work: Import, { oid, staged }: ImportPlan): Promise<Refusal | null> {
  const { client, bad } = work;
  const lines = createLineIndex();
  await sendSimple(client, staged.create);
  const refused = await copyInBatches(work, {
    name: 'howdah_import',
    copy: (row) => `${staged.numberFrom(row)}; ${staged.copy}`,
    onRows: (rows) => lines.add(rows.lines),
  });
  if (bad.isFull()) return refused;
  const error = await tryStatement(client, staged.insert);
  if (error === null) return refused;
  if (await isOfRows(client, staged, error)) {
    const ofItself = await listSelfReferences(client, oid);
    await findBadRows(client, staged, { bad, lines, ofItself, rows: work.csv.scan.rows });
  }
  return refused ?? error;
}

/** Whether rows are to blame: a policy that refuses a row and a privilege that lacks have one SQLSTATE. */
async function isOfRows(client: pg.Client, staged: StagedPlan, error: pg.DatabaseError): Promise<boolean> {
  return (
    error.code !== insufficientPrivilege || (await tryStatement(client, staged.insertRange(0, 0))) === null
  );
}

const insufficientPrivilege = '42501';
const foreignKeyViolation = '23503';

type Search = {
  bad: BadRows;
  lines: LineIndex;
  /** Foreign keys of the relation to itself. */
  ofItself: readonly string[];
  rows: number;
};

type Range = [first: number, last: number];

/**
 * Names the staged rows that the relation does not take, by inserting ever smaller ranges; the others are in it then. A row
 * that points at one which is not in yet is tried again once the others are, from the file's start and from its end by turns.
 */
async function findBadRows(client: pg.Client, plan: StagedPlan, search: Search): Promise<void> {
  const { bad, rows } = search;
  bad.begin();
  await sendSimple(client, plan.index);
  let waiting: Refused[] = [];
  let ranges: Range[] = [[1, rows]];
  let isUpwards = false;
  for (let before = Number.POSITIVE_INFINITY; ranges.length > 0 && !bad.isFull(); isUpwards = !isUpwards) {
    waiting = await tryRanges(client, plan, { ranges, isUpwards }, search);
    if (waiting.length === before) break;
    before = waiting.length;
    ranges = rangesOf(waiting);
  }
  for (const refused of waiting) {
    if (bad.isFull()) return;
    bad.add(await describeRow(client, plan, refused, search.lines));
  }
}

/** A row that was refused, by its number. */
type Refused = { row: number; error: pg.DatabaseError };

/** Inserts ranges of rows and names those that are refused; answers those that may wait for others of the same file. */
async function tryRanges(
  client: pg.Client,
  plan: StagedPlan,
  { ranges, isUpwards }: { ranges: readonly Range[]; isUpwards: boolean },
  { bad, lines, ofItself }: Search,
): Promise<Refused[]> {
  const waiting: Refused[] = [];
  const left = isUpwards ? [...ranges] : ranges.toReversed();
  for (let range = left.pop(); range !== undefined && !bad.isFull(); range = left.pop()) {
    const [first, last] = range;
    const error = await tryStatement(client, plan.insertRange(first, last));
    if (error === null) continue;
    if (first < last) {
      const middle = Math.floor((first + last) / 2);
      const halves: Range[] = [
        [middle + 1, last],
        [first, middle],
      ];
      left.push(...(isUpwards ? halves.toReversed() : halves));
    } else if (error.code === foreignKeyViolation && ofItself.includes(error.constraint ?? '')) {
      waiting.push({ row: first, error });
    } else bad.add(await describeRow(client, plan, { row: first, error }, lines));
  }
  return waiting.sort((one, other) => one.row - other.row);
}

/** Rows that follow each other together. */
function rangesOf(refused: readonly Refused[]): Range[] {
  const ranges: Range[] = [];
  for (const { row } of refused) {
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === row - 1) range[1] = row;
    else ranges.push([row, row]);
  }
  return ranges;
}

/** A row that was refused, with the first of its columns that does not take its value for the same reason. */
async function describeRow(
  client: pg.Client,
  plan: StagedPlan,
  { row, error }: Refused,
  lines: LineIndex,
): Promise<BadRow> {
  const place = { row, line: lines.lineOf(row), message: wordsOf(error) };
  for (const { name, text, trials } of plan.columns) {
    const isIt = error.column === name || (error.column === undefined && (await isRefused(trials)));
    if (!isIt) continue;
    const { rows } = await client.query<{ value: string | null }>(plan.readOne(text, row));
    return { ...place, column: name, value: toldValue(rows[0]?.value ?? '') };
  }
  return { ...place, column: error.column ?? null, value: null };

  async function isRefused(trials: readonly string[]): Promise<boolean> {
    for (const trial of trials) {
      const said = await tryStatement(client, plan.readOne(trial, row));
      if (said?.code === error.code) return true;
    }
    return false;
  }
}

/** What PostgreSQL says against a statement of ours, or a row of it; null where it takes it. */
async function tryStatement(client: pg.Client, sql: string): Promise<pg.DatabaseError | null> {
  await sendSimple(client, 'savepoint howdah_range');
  try {
    await sendSimple(client, sql);
    await sendSimple(client, 'release savepoint howdah_range');
    return null;
  } catch (error) {
    const isOfRow = isOfData(error) || (error as pg.DatabaseError).code === insufficientPrivilege;
    if (!isOfRow) throw error;
    await sendSimple(client, 'rollback to savepoint howdah_range');
    return error as pg.DatabaseError;
  }
}
