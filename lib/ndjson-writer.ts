import 'server-only';
import { deferred } from './deferred';
import { AppError, asAppError, errorBody } from './errors';
import { NDJSON } from './ndjson';
import type { RunEvent, Script } from './run-query';

const headers = {
  'content-type': NDJSON,
  'cache-control': 'private, no-store',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
};

/** A run that is over within this time and size is answered in one piece: a stream costs more than it. */
const shortRunMs = 100;
const shortRunBytes = 64 * 1024;

/**
 * A script's events as an NDJSON response. What fails before the first event is thrown, so that it becomes a
 * JSON error with a status. A short run goes out in one piece; else the stream is read as the client takes it,
 * and a client that leaves ends the run.
 */
export async function ndjsonResponse({ id, events }: Script): Promise<Response> {
  const init = { headers: { ...headers, 'howdah-query-id': id } };
  const lines: Uint8Array[] = [];
  let bytes = 0;
  let next: Next | null = await events.next();
  let pending = Promise.resolve(next);
  const clock = startClock();
  while (next !== null && bytes < shortRunBytes) {
    if (next.done === true) {
      clock.stop();
      return new Response(Buffer.concat(lines), init);
    }
    const line = encodeEvent(next.value);
    bytes += line.length;
    lines.push(line);
    pending = nextOrError(events);
    next = await Promise.race([pending, clock.rings]);
  }
  clock.stop();
  return new Response(streamOf(lines, pending, events), init);
}

type Next = IteratorResult<RunEvent, void>;

function startClock(): { rings: Promise<null>; stop(): void } {
  const { promise, resolve } = deferred<null>();
  const timer = setTimeout(() => resolve(null), shortRunMs);
  return { rings: promise, stop: () => clearTimeout(timer) };
}

/** Once the answer has begun an error can't change its status any more: it becomes the last event. */
async function nextOrError(events: Script['events']): Promise<Next> {
  try {
    return await events.next();
  } catch (error) {
    if (!(error instanceof AppError)) console.error('howdah: a run failed', error);
    return { done: false, value: { type: 'error', error: asAppError(error) } };
  }
}

function streamOf(
  head: Uint8Array[],
  pending: Promise<Next>,
  events: Script['events'],
): ReadableStream<Uint8Array> {
  let next: Promise<Next> | null = pending;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(Buffer.concat(head)),
      async pull(controller) {
        const event = await (next ?? nextOrError(events));
        next = null;
        if (event.done === true) controller.close();
        else controller.enqueue(encodeEvent(event.value));
      },
      async cancel() {
        await events.return();
      },
    },
    { highWaterMark: 2 },
  );
}

const lineFeed = Buffer.from('\n');

/** One event as a line. Rows are JSON already and are copied, not parsed. */
export function encodeEvent(event: RunEvent): Uint8Array {
  switch (event.type) {
    case 'rows':
      return event.batch.line;
    case 'error':
      return line({ type: 'error', error: errorBody(event.error) });
    default:
      return line(event);
  }
}

function line(value: object): Uint8Array {
  return Buffer.concat([Buffer.from(JSON.stringify(value)), lineFeed]);
}
