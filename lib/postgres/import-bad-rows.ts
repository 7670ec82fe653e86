import 'server-only';
import type pg from 'pg';
import type { BadRow } from '../import-types';
import { mostNamed } from './csv-scan';
import type { ImportPlan } from './import-plan';

/** Milliseconds that the search for bad rows may take: what it has found by then is told. */
const patienceMs = 30_000;

/**
 * Names the staged rows that the relation does not take, by inserting ever smaller ranges, in the transaction in which an
 * insert of all has failed and was taken back. What is inserted on the way must be rolled back.
 */
export async function findBadRows(
  client: pg.Client,
  plan: ImportPlan,
  rows: number,
): Promise<{ bad: BadRow[]; isMore: boolean }> {
  const deadline = Date.now() + patienceMs;
  const bad: BadRow[] = [];
  const ranges: [first: number, last: number][] = [[1, rows]];
  while (ranges.length > 0) {
    if (bad.length >= mostNamed || Date.now() > deadline) return { bad, isMore: true };
    const [first, last] = ranges.pop() ?? [1, 0];
    const message = await tryRange(client, plan.insertRange(first, last));
    if (message === null) continue;
    if (first === last) bad.push({ row: first, line: null, message });
    else {
      const middle = Math.floor((first + last) / 2);
      ranges.push([middle + 1, last], [first, middle]);
    }
  }
  return { bad, isMore: false };
}

/** What PostgreSQL says against a range; null where it takes it. */
async function tryRange(client: pg.Client, sql: string): Promise<string | null> {
  await client.query('savepoint howdah_range');
  try {
    await client.query(sql);
    await client.query('release savepoint howdah_range');
    return null;
  } catch (error) {
    if (!isOfData(error)) throw error;
    await client.query('rollback to savepoint howdah_range');
    return [error.message, error.detail].filter(Boolean).join(' ');
  }
}

/** Whether an error is about a value: classes 22, data exception, 23, integrity constraint violation, and raised ones. */
export function isOfData(error: unknown): error is pg.DatabaseError {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?:22|23|P0|44)/.test(code);
}
