import 'server-only';
import { type Answer, answerOf, type Pieces } from './answer';
import { streamed } from './answer-headers';
import { AppError, asAppError, errorBody } from './errors';
import { NDJSON } from './ndjson';
import type { RunEvent, Script } from './run-query';

const headers = { ...streamed, 'content-type': NDJSON };

/** A run that is over within this time and size is answered in one piece: a stream costs more than it. */
const shortRunMs = 100;
const shortRunBytes = 64 * 1024;

/**
 * A script's events as NDJSON. What fails before the first event is thrown, so that it becomes a JSON error with a
 * status. A short run goes out in one piece; else the events are taken as the client reads, and a client that leaves
 * ends the run.
 */
export async function ndjsonAnswer({ id, events }: Script): Promise<Answer> {
  const isShort = await events.endsWithin(shortRunBytes, shortRunMs);
  const lines = await takeLines(events);
  const failure = isShort ? events.takeFailure() : null;
  if (failure !== null && lines.length === 0) throw failure;
  if (failure !== null) lines.push(encodeEvent(asErrorEvent(failure)));
  const head = Buffer.concat(lines);
  return answerOf({ ...headers, 'howdah-query-id': id }, isShort ? head : piecesOf(head, events));
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

function piecesOf(head: Uint8Array, events: Script['events']): Pieces {
  let first: Uint8Array | null = head.length > 0 ? head : null;
  return {
    async next() {
      if (first !== null) {
        const value = first;
        first = null;
        return { value, done: false };
      }
      const next = await events
        .next()
        .catch((failure) => ({ value: asErrorEvent(failure), done: false }) as const);
      return next.done === true ? next : { value: encodeEvent(next.value), done: false };
    },
    return: () => events.return(),
  };
}

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
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
