import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { ExportFormat } from './api-types';
import { attachment } from './file-name';
import { composeCopy, composeProbe, placeInQuery } from './postgres/copy';
import { type Executed, type ExecuteEvent, execute } from './postgres/execute';
import { type ExportFile, fileOf, type InsertTarget, isPassedOn } from './postgres/export-formats';
import type { Message } from './postgres/messages';
import { createQueue, type EventQueue, type EventReader, type EventSink } from './postgres/queue';
import { type Batch, createRowEncoder } from './postgres/rows';
import { beginFrame, rollBackAndDiscard, type Session, stayOpen } from './postgres/session';
import type { Target } from './postgres/target';
import type { Field } from './query-event';
import { runReading } from './run-read';
import { defaultTimeout } from './run-recorded';
import type { StoppableRun } from './run-stoppable';
import type { Actor } from './server';

/** A file of rows on its way. One that fails on the way errors, so that a part is never taken for the whole. */
export type OpenExport = {
  /** Its row in the query history. */
  id: string;
  stream: ReadableStream<Uint8Array>;
  format: ExportFormat;
  /** Its Content-Disposition. */
  disposition: string;
};

/** What an export is asked for beside its rows. `escapeFormulas`: CSV cells that a spreadsheet would run begin with '. */
export type ExportOptions = { format: ExportFormat; escapeFormulas: boolean; timeoutMs?: number };

/** The rows of one query at the level of a target, and what their file is to be. */
export type ExportPlan = {
  actor: Actor;
  target: Target;
  query: string;
  params: (string | null)[];
  /** The columns of the rows; null where PostgreSQL is to be asked. */
  fields: Field[] | null;
  insertInto: InsertTarget;
  /** The parts of the file's name. */
  name: string[];
  options: ExportOptions;
  /** The id of its run, where that was told before. */
  id?: string;
};

/** The COPY that an export sends. Throws AppError for what is no query. */
export function statementOf({ query, params, options }: ExportPlan): string {
  return composeCopy(query, params, isPassedOn(options) ? 'csv' : 'text');
}

/**
 * Copies the rows of a query out as one recorded run of kind `export`, read as the client takes them, and answers when
 * the first bytes are there. Throws AppError for what is no query, and what PostgreSQL says before its first row.
 */
export async function openExport(plan: ExportPlan, signal: AbortSignal): Promise<OpenExport> {
  const { actor, target, query, options } = plan;
  const sql = statementOf(plan);
  const controller = new AbortController();
  const events = createQueue<ExecuteEvent<Batch>>(() => controller.abort());
  const run: StoppableRun = { id: plan.id ?? uuidv7(), actor, target, controller };
  const opened: { file?: ExportFile } = {};
  runReading(run, { kind: 'export', sql, params: [], query }, signal, async (session) => {
    const sending = sendWith(session, run, plan);
    const before = beginFrame({ historyId: run.id, isReadOnly: true });
    const probed = await probe(sending, plan, before);
    if ('executed' in probed) return probed.executed;
    opened.file = fileOf({ ...options, insertInto: plan.insertInto }, probed.fields);
    return copyOut(sending, { sql, query, file: opened.file, before: probed.before }, events);
  }).then(() => events.end(), events.end);
  const first = await firstPiece(events);
  const { begin = '', end = '' } = opened.file ?? {};
  const head = Buffer.concat([Buffer.from(begin), first ?? Buffer.from(end)]);
  const stream = streamOf(head, first === null ? null : events, Buffer.from(end));
  return { id: run.id, stream, format: options.format, disposition: attachment(plan.name, options.format) };
}

type Sending = { session: Session; timeoutMs: number; signal: AbortSignal };

function sendWith(
  session: Session,
  { controller, actor, target }: StoppableRun,
  { options }: ExportPlan,
): Sending {
  return {
    session,
    timeoutMs: options.timeoutMs ?? defaultTimeout(actor, target.server),
    signal: controller.signal,
  };
}

/** The columns of the rows, with what is still to be sent before the COPY; or how asking for them failed. */
type Probed = { fields: Field[]; before: Message[] } | { executed: Executed };

async function probe(sending: Sending, plan: ExportPlan, before: Message[]): Promise<Probed> {
  const { query, params, options } = plan;
  if (plan.fields !== null || isPassedOn(options)) return { fields: plan.fields ?? [], before };
  const sql = composeProbe(query, params);
  const answer: { fields: Field[] | Promise<Field[]> } = { fields: [] };
  const sink: EventSink<ExecuteEvent> = {
    push(event) {
      if (event instanceof Promise) answer.fields = event.then(fieldsOf);
      else if (event.type === 'fields') answer.fields = event.fields;
    },
    setValve: () => undefined,
  };
  const { session, signal, ...limits } = sending;
  const wanted = { ...limits, sql, params: [], maxRows: Number.POSITIVE_INFINITY, before, after: stayOpen };
  const executed = await execute(session, { ...wanted, encoder: createRowEncoder() }, signal, sink);
  if (executed.end.type === 'error') return { executed: placed(executed, sql, query) };
  return { fields: await answer.fields, before: [] };
}

function fieldsOf(event: ExecuteEvent): Field[] {
  return event.type === 'fields' ? event.fields : [];
}

type Copy = { sql: string; query: string; file: ExportFile; before: Message[] };

async function copyOut(
  { session, signal, ...limits }: Sending,
  { sql, query, file, before }: Copy,
  events: EventQueue<ExecuteEvent<Batch>>,
): Promise<Executed> {
  const wanted = { ...limits, sql, params: [], maxRows: Number.POSITIVE_INFINITY, before };
  const encoder = file.encoder();
  const executed = await execute(session, { ...wanted, after: rollBackAndDiscard, encoder }, signal, events);
  return placed(executed, sql, query);
}

/** An error's place counts in the query, not in what was made around it. */
function placed(executed: Executed, sql: string, query: string): Executed {
  const { end } = executed;
  if (end.type !== 'error') return executed;
  return { ...executed, end: { ...end, error: placeInQuery(end.error, sql, query) } };
}

/** The bytes up to the first row: until then what fails has a status of its own. Null where there is no byte. */
async function firstPiece(events: EventReader<ExecuteEvent<Batch>>): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return pieces.length === 0 ? null : Buffer.concat(pieces);
    if (next.value.type !== 'rows') continue;
    pieces.push(next.value.batch.line);
    if (next.value.batch.count > 0) return Buffer.concat(pieces);
  }
}

/** The next bytes; null at a good end. Throws what the run has failed with. */
async function nextPiece(events: EventReader<ExecuteEvent<Batch>>): Promise<Buffer | null> {
  for (;;) {
    const next = await events.next();
    if (next.done) return null;
    if (next.value.type === 'rows') return next.value.batch.line;
  }
}

/** The head, what is left of the events (none: null), and the end, which only a run that has succeeded gets. */
function streamOf(
  head: Buffer,
  events: EventReader<ExecuteEvent<Batch>> | null,
  end: Buffer,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const piece = events === null ? null : await nextPiece(events);
      if (piece !== null) return controller.enqueue(piece);
      if (events !== null && end.length > 0) controller.enqueue(end);
      controller.close();
    },
    async cancel() {
      await events?.return();
    },
  });
}
