import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from './errors';
import { attachment } from './file-name';
import { type CellPlan, planCell } from './postgres/browse-cell';
import type { ExecuteEvent } from './postgres/execute';
import { createQueue } from './postgres/queue';
import type { Cell } from './query-event';
import { openSource, type RelationPlace } from './run-browse';
import { runRead } from './run-read';
import type { StoppableRun } from './run-stoppable';
import type { Actor } from './server';

/** A whole cell on its way. */
export type OpenCell = {
  /** Its row in the query history. */
  id: string;
  /** Its text in UTF-8; null for NULL. One that fails on the way errors, so that a part is never taken for the whole. */
  stream: ReadableStream<Uint8Array> | null;
  bytes: number;
  /** Its Content-Disposition. */
  disposition: string;
};

/**
 * Reads one cell whole, piece by piece as the client takes it, recorded as one run of kind `browse`. `row` is a word of
 * a page's `cut_rows`. Throws AppError: `not_found`, `invalid` for an unknown column or row (nothing is sent then),
 * `conflict` when the row has gone, and what PostgreSQL says.
 */
export async function openCell(
  actor: Actor,
  place: RelationPlace,
  { row, column }: { row: string; column: string },
  signal: AbortSignal,
): Promise<OpenCell> {
  const { target, source } = await openSource(actor, place);
  const plan = planCell(source, row, column);
  const id = uuidv7();
  const pieces = readPieces({ id, actor, target }, plan, signal);
  const first = await pieces.next();
  if (first.done) {
    throw new AppError('conflict', 'The row of this cell has gone or was changed.', {
      hint: 'Read the page again.',
    });
  }
  const { size, piece } = first.value;
  const disposition = attachment([place.relation, column], 'txt');
  if (size === null || piece === null) {
    for await (const _ of pieces);
    return { id, stream: null, bytes: 0, disposition };
  }
  const head = plan.isBytea ? Buffer.from('\\x') : Buffer.alloc(0);
  const bytes = plan.isBytea ? 2 + 2 * size : size;
  return { id, stream: streamOf(Buffer.concat([head, piece]), pieces), bytes, disposition };
}

/** The pieces of one batch of rows together, and the bytes of the whole; null for NULL. */
type Pieces = { size: number | null; piece: Buffer | null };

/** Runs the statement and yields its pieces as they are taken. A consumer that leaves ends it. */
async function* readPieces(
  run: Omit<StoppableRun, 'controller'>,
  { sql, params, isBytea }: CellPlan,
  signal: AbortSignal,
): AsyncGenerator<Pieces, void> {
  const controller = new AbortController();
  const events = createQueue<ExecuteEvent>(() => controller.abort());
  const statement = { kind: 'browse' as const, sql, params, isSerial: true };
  runRead({ ...run, controller }, statement, events, signal).then(() => events.end(), events.end);
  let number = 0;
  for await (const event of events) {
    if (event.type !== 'rows') continue;
    const rows = JSON.parse(event.batch.json.toString('utf8')) as Cell[][];
    for (const [place] of rows) {
      if (place !== String(number))
        throw new AppError('internal', 'A piece of the cell is out of its order.');
      number += 1;
    }
    yield joinPieces(rows, isBytea);
  }
}

/** bytea's text is `\x` and the digits: those of a bytea are the cell's text, else they are the bytes of it. */
function joinPieces(rows: Cell[][], isBytea: boolean): Pieces {
  const [, size, piece] = rows[0] ?? [];
  if (typeof size !== 'string' || typeof piece !== 'string') return { size: null, piece: null };
  const parts = rows.map((row) => Buffer.from(row[2]?.slice(2) ?? '', isBytea ? 'latin1' : 'hex'));
  return { size: Number(size), piece: Buffer.concat(parts) };
}

function streamOf(head: Buffer, pieces: AsyncGenerator<Pieces, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else if (next.value.piece !== null) controller.enqueue(next.value.piece);
    },
    async cancel() {
      await pieces.return();
    },
  });
}
