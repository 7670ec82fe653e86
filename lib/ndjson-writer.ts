import 'server-only';
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
  const isShort = await events.endsWithin(shortRunBytes, shortRunMs);
  const lines = await takeLines(events);
  const failure = isShort ? events.takeFailure() : null;
  if (failure !== null && lines.length === 0) throw failure;
  if (failure !== null) lines.push(encodeEvent(asErrorEvent(failure)));
  return new Response(isShort ? Buffer.concat(lines) : streamOf(lines, events), init);
}

/** The events that are there already. */
async function takeLines(events: Script['events']): Promise<Uint8Array[]> {
  const lines: Uint8Array[] = [];
  for (let event = events.take(); event !== undefined; event = events.take()) {
    lines.push(encodeEvent(event instanceof Promise ? await event : event));
  }
  return lines;
}

/** Once the answer has begun an error can't change its status any more: it becomes the last event. */
function asErrorEvent(failure: unknown): RunEvent {
  if (!(failure instanceof AppError)) console.error('howdah: a run failed', failure);
  return { type: 'error', error: asAppError(failure) };
}

function streamOf(head: Uint8Array[], events: Script['events']): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(Buffer.concat(head)),
      async pull(controller) {
        const next = await events
          .next()
          .catch((failure) => ({ value: asErrorEvent(failure), done: false }) as const);
        if (next.done === true) controller.close();
        else controller.enqueue(encodeEvent(next.value));
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
