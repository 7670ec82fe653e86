import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from './errors';
import type { CsvShape, ImportRefusal, ImportResult } from './import-types';
import { collectBadRows } from './postgres/bad-rows';
import { hasInsertEffects } from './postgres/catalog/insert-effects';
import { decodeCsv } from './postgres/csv-decode';
import { scanCsv } from './postgres/csv-scan';
import { cancelledError, queryError } from './postgres/errors';
import type { Executed, ExecuteEnd } from './postgres/execute';
import { copyInBatches, type Import } from './postgres/import-batches';
import { type ImportPlan, planImport } from './postgres/import-plan';
import { bringStaged } from './postgres/import-staged';
import type { Session } from './postgres/session';
import { sendSimple } from './postgres/simple';
import { withConnection } from './postgres/target';
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
  const names = shape.columns.filter((name) => name !== null);
  const hasEffects = await withConnection(target, (client) => hasInsertEffects(client, source.oid, names));
  const plan = planImport(source, shape, !hasEffects);
  const id = uuidv7();
  const controller = new AbortController();
  const csv = scanCsv(shape);
  const bad = collectBadRows();
  return runStoppable({ id, actor, target, controller }, signal, async (session) => {
    controller.signal.addEventListener('abort', () => session.cancel(), { once: true });
    const work: ImportWork = { id, session, plan, csv, body, signal: controller.signal, bad };
    const statement = { id, scriptId: id, place: 1, kind: 'import' as const, actor, target, session };
    const { copy, insert } = plan.staged;
    const sql = plan.copy ?? `${copy};\n${insert}`;
    session.follow(Promise.resolve(false));
    const end = await runRecorded({ ...statement, sql, params: [] }, () => runImport(work));
    await session.close();
    const { rows, bytes } = csv.scan;
    if (end.type === 'done') return { rows, bytes, query_id: id, duration_ms: end.duration_ms };
    const isDenied = end.error.sqlstate === '42501';
    const error = isDenied ? await adviseOnDenied(target, insert, end.error) : end.error;
    return { ...bad.all(csv.scan), error };
  });
}

type ImportWork = Pick<Import, 'csv' | 'bad'> & {
  id: string;
  plan: ImportPlan;
  session: Session;
  body: ReadableStream<Uint8Array>;
  signal: AbortSignal;
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
  const { id, plan, csv, bad } = work;
  const { client } = work.session;
  const source = readBody(work);
  const rows = { client, shape: plan.shape, csv, source, bad };
  await sendSimple(client, `begin; set local application_name = 'howdah:${id}'`);
  try {
    const { copy, name } = plan;
    const refused =
      copy === null ? await bringStaged(rows, plan) : await copyInBatches(rows, { name, copy: () => copy });
    if (refused !== null) throw refused;
    if (csv.scan.bad.length > 0) throw wrongWidth(null);
  } catch (error) {
    // Whoever sends the file hears of an answer only when all of it is taken.
    for await (const _ of source);
    throw work.signal.aborted || csv.scan.bad.length === 0 ? error : wrongWidth(error);
  }
  await sendSimple(client, 'commit');
}

/** The body as it comes, in UTF-8 where it was in UTF-16; its failure and a sender that has gone quiet end the import. */
async function* readBody({ body, plan, session, signal, bad }: ImportWork): AsyncGenerator<Buffer> {
  let timer = setTimeout(() => undefined, 0);
  let isQuiet = false;
  const reader = body.getReader();
  const decode = decodeCsv(plan.shape.encoding, bad);
  const leave = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave, { once: true });
  try {
    while (!signal.aborted) {
      timer = setTimeout(() => {
        isQuiet = true;
        session.cancel();
        leave();
      }, senderPatienceMs);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (isQuiet) throw cancelledError('since its sender sent nothing for 60 s', null);
      yield decode(value);
      if (done) break;
    }
    if (signal.aborted) throw cancelledError('on request', null);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  }
}

/** The error for rows of another width, which are named. */
function wrongWidth(cause: unknown): AppError {
  return new AppError('invalid', 'Rows of the file do not have as many values as it has columns.', {
    hint: 'Nothing was brought in. Mend the rows that are named, or choose another delimiter or quote.',
    cause,
  });
}
