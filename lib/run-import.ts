import 'server-only';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from './errors';
import type { BadRow, CsvShape, ImportRefusal, ImportResult } from './import-types';
import { copyIn } from './postgres/copy-in';
import { type CsvScan, scanCsv } from './postgres/csv-scan';
import { cancelledError, queryError } from './postgres/errors';
import type { Executed, ExecuteEnd } from './postgres/execute';
import { findBadRows, isOfData } from './postgres/import-bad-rows';
import { type ImportPlan, planImport } from './postgres/import-plan';
import type { Session } from './postgres/session';
import { sendSimple } from './postgres/simple';
import { openSource, type RelationPlace } from './run-browse';
import { adviseOnDenied } from './run-denied';
import { runRecorded } from './run-recorded';
import { runStoppable } from './run-stoppable';
import type { Actor } from './server';

/** A sender that sends nothing for so long is gone. */
const senderPatienceMs = 60_000;

/** Nothing stands, and why. */
export type ImportFailure = ImportRefusal & { error: AppError };

/**
 * Brings the rows of a CSV file into a table at the write level: all of them or none. The file is read once, as it comes.
 * Recorded as one run of kind `import`. Throws AppError: `forbidden` below the write level, `invalid` for a shape that does
 * not fit (nothing is read then), `not_found`.
 */
export async function importCsv(
  actor: Actor,
  place: RelationPlace,
  { body, ...shape }: CsvShape & { body: ReadableStream<Uint8Array> },
  signal: AbortSignal,
): Promise<ImportResult | ImportFailure> {
  const { target, source } = await openSource(actor, place, 'write');
  const plan = planImport(source, shape);
  const id = uuidv7();
  const controller = new AbortController();
  const csv = scanCsv(shape);
  return runStoppable({ id, actor, target, controller }, signal, async (session) => {
    controller.signal.addEventListener('abort', () => session.cancel(), { once: true });
    const work: ImportWork = { id, session, plan, csv, body, signal: controller.signal, refusal: null };
    const statement = { id, scriptId: id, place: 1, kind: 'import' as const, actor, target, session };
    const sql = `${plan.copy};\n${plan.insert}`;
    session.follow(Promise.resolve(false));
    const end = await runRecorded({ ...statement, sql, params: [] }, () => runImport(work));
    await session.close();
    const { rows, bytes } = csv.scan;
    if (end.type === 'done') return { rows, bytes, query_id: id, duration_ms: end.duration_ms };
    const isDenied = end.error.sqlstate === '42501';
    const error = isDenied ? await adviseOnDenied(target, plan.insert, end.error) : end.error;
    return { bad_rows: [], is_more: false, ...work.refusal, error };
  });
}

type ImportWork = {
  id: string;
  session: Session;
  plan: ImportPlan;
  csv: ReturnType<typeof scanCsv>;
  body: ReadableStream<Uint8Array>;
  signal: AbortSignal;
  refusal: ImportRefusal | null;
};

async function runImport(work: ImportWork): Promise<Executed> {
  const since = performance.now();
  const answer = (end: DistributiveOmit<ExecuteEnd, 'duration_ms'>): Executed => ({
    end: { ...end, duration_ms: Math.round(performance.now() - since) },
    rows: null,
    bytes: work.csv.scan.bytes,
  });
  try {
    await bringIn(work);
    const row_count = work.csv.scan.rows;
    return answer({ type: 'done', command: 'COPY', row_count, truncated: false });
  } catch (cause) {
    if (work.signal.aborted) {
      return answer({ type: 'error', error: cancelledError('on request', cause), status: 'cancelled' });
    }
    return answer({ type: 'error', ...queryError(cause) });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

async function bringIn(work: ImportWork): Promise<void> {
  const { id, plan, csv, signal } = work;
  const { client } = work.session;
  await sendSimple(client, `begin; set local application_name = 'howdah:${id}'; ${plan.stage}`);
  const copied = await copyIn(client, plan.copy, readBody(work)).catch((error) => {
    const line = lineOf(error);
    if (line !== null) work.refusal = { bad_rows: [line], is_more: true };
    throw refuseRows(work, csv.scan) ?? error;
  });
  const refused = refuseRows(work, csv.scan) ?? checkCount(csv.scan, copied);
  if (refused !== null) throw refused;
  await sendSimple(client, 'savepoint howdah_rows');
  try {
    await sendSimple(client, plan.insert);
  } catch (error) {
    if (signal.aborted || !isOfData(error)) throw error;
    await sendSimple(client, 'rollback to savepoint howdah_rows');
    const { bad, isMore } = await findBadRows(client, plan, copied);
    work.refusal = { bad_rows: bad, is_more: isMore };
    throw error;
  }
  await sendSimple(client, 'commit');
}

/** The body as it comes, scanned; its failure and a sender that has gone quiet end the import. */
async function* readBody({ body, csv, session, signal }: ImportWork): AsyncGenerator<Buffer> {
  let timer = setTimeout(() => undefined, 0);
  const reader = body.getReader();
  const leave = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave, { once: true });
  try {
    while (!signal.aborted) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        session.cancel();
        leave();
      }, senderPatienceMs);
      const { done, value } = await reader.read();
      if (done) break;
      yield csv.take(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    }
    if (signal.aborted) throw cancelledError('on request', null);
    csv.end();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}

/** The line of the file that COPY has stopped at; PostgreSQL tells it beside the message. */
function lineOf(error: unknown): BadRow | null {
  const { where, message } = error as Partial<pg.DatabaseError>;
  const line = /^COPY howdah_import, \D*(\d+)/.exec(where ?? '')?.[1];
  return line === undefined ? null : { row: null, line: Number(line), message: message ?? '' };
}

/** The error for rows of another width, which are named; null where there are none. */
function refuseRows(work: ImportWork, { bad, isMore }: CsvScan): AppError | null {
  if (bad.length === 0) return null;
  work.refusal = { bad_rows: bad, is_more: isMore };
  return new AppError('invalid', 'Rows of the file do not have as many values as it has columns.', {
    hint: 'Nothing was brought in. Mend the rows that are named, or choose another delimiter or quote.',
  });
}

/** COPY ends at a line that holds only `\.`, and says nothing of the rows behind it. */
function checkCount({ rows }: CsvScan, copied: number): AppError | null {
  if (rows === copied) return null;
  return new AppError('invalid', `PostgreSQL took ${copied} rows of the file, which has ${rows}.`, {
    hint: 'Nothing was brought in. A line that holds only \\. ends the data for PostgreSQL before 18: put it in quotes.',
  });
}
