import 'server-only';
import { AppError, errorBody } from './errors';
import { NDJSON } from './ndjson';
import type { RunEvent, Script } from './run-query';

const headers = {
  'content-type': NDJSON,
  'cache-control': 'private, no-store',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
};

/** How long a run may take to be answered in one piece, in milliseconds; a longer one is streamed. */
const shortRunMs = 15;

/**
 * A script's events as an NDJSON response. What fails before the first event is thrown, so that it becomes a
 * JSON error with a status. A run that is over at once goes out in one piece: a stream costs more than it.
 * The stream is read as the client takes it; a client that leaves ends the run.
 */
export async function ndjsonResponse(script: Script): Promise<Response> {
  const iterator = script.events;
  const lines: Uint8Array[] = [];
  const started = performance.now();
  let pending = iterator.next();
  for (;;) {
    const next = await Promise.race([pending, lines.length === 0 ? pending : soon(started)]);
    if (next === 'later') break;
    if (next.done === true) return new Response(Buffer.concat(lines), { headers: withId(script) });
    lines.push(encodeEvent(next.value));
    pending = guarded(iterator);
    if (performance.now() - started > shortRunMs) break;
  }
  return new Response(streamOf(lines, pending, iterator), { headers: withId(script) });
}

function withId({ id }: Script): Record<string, string> {
  return { ...headers, 'howdah-query-id': id };
}

type Next = IteratorResult<RunEvent, void>;

function soon(started: number): Promise<'later'> {
  return new Promise((resolve) =>
    setTimeout(() => resolve('later'), Math.max(0, shortRunMs - (performance.now() - started))),
  );
}

/** Once the answer has begun an error can't change its status any more: it becomes the last event. */
async function guarded(iterator: Script['events']): Promise<Next> {
  try {
    return await iterator.next();
  } catch (error) {
    if (!(error instanceof AppError)) console.error('howdah: a run failed', error);
    return { done: false, value: { type: 'error', error: error as AppError } };
  }
}

function streamOf(
  first: Uint8Array[],
  pending: Promise<Next>,
  iterator: Script['events'],
): ReadableStream<Uint8Array> {
  let next: Promise<Next> | null = pending;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const head = first.shift();
        if (head !== undefined) {
          controller.enqueue(head);
          return;
        }
        const event = await (next ?? guarded(iterator));
        next = null;
        if (event.done === true) controller.close();
        else controller.enqueue(encodeEvent(event.value));
      },
      async cancel() {
        await iterator.return();
      },
    },
    { highWaterMark: 2 },
  );
}

const lineFeed = Buffer.from('\n');

/** One event as a line. Rows are JSON already and are copied, not parsed. */
export function encodeEvent(event: RunEvent): Uint8Array {
  switch (event.type) {
    case 'rows': {
      const { json, cut } = event.batch;
      const tail = cut.length === 0 ? '}\n' : `,"cut":${JSON.stringify(cut)}}\n`;
      return Buffer.concat([Buffer.from('{"type":"rows","rows":'), json, Buffer.from(tail)]);
    }
    case 'error':
      return line({ type: 'error', error: errorBody(event.error) });
    default:
      return line(event);
  }
}

function line(value: object): Uint8Array {
  return Buffer.concat([Buffer.from(JSON.stringify(value)), lineFeed]);
}
