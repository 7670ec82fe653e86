import 'server-only';
import type { ServerResponse } from 'node:http';
import { deferred } from './deferred';

/** A request as a door sees it, whoever took it from the wire. */
export type Asked = Pick<Request, 'method' | 'signal'> & {
  nextUrl: Pick<URL, 'pathname' | 'search' | 'searchParams'>;
  headers: { get(name: string): string | null };
  cookies: { get(name: string): { value: string } | undefined };
  body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | null;
};

/** The path's dynamic segments, percent-decoded. */
export type RawNames = Record<string, string | string[] | undefined>;

/** Bytes as they come, one piece after the other; who leaves before the end says so with `return`. */
export type Pieces = {
  next(): Promise<IteratorResult<Uint8Array, undefined>>;
  return(): Promise<unknown>;
};

const mark = Symbol('answer');

/** An answer of status 200 before it has a form: a web Response costs more than a short run. */
export type Answer = { [mark]: true; headers: Record<string, string>; body: Buffer<ArrayBuffer> | Pieces };

/** An answer that is whole, or comes in pieces. */
export function answerOf(headers: Record<string, string>, body: Answer['body']): Answer {
  return { [mark]: true, headers, body };
}

/** Whether what a door's `handle` returned is an answer, and not what is to become JSON. */
export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && mark in value;
}

/** An answer as Next takes it: pieces are asked for as the client reads. */
export function asWebResponse({ headers, body }: Answer): Response {
  return new Response(Buffer.isBuffer(body) ? body : streamOf(body), { headers });
}

function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await pieces.return();
      },
    },
    { highWaterMark: 2 },
  );
}

/** Writes an answer as fast as the client reads it. Resolves when it is sent, or the client has left. */
export async function sendAnswer(answer: Answer | Response, response: ServerResponse): Promise<void> {
  if (!isAnswer(answer)) return sendWebResponse(answer, response);
  const { headers, body } = answer;
  if (Buffer.isBuffer(body)) {
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
    return;
  }
  response.writeHead(200, headers);
  await sendPieces(body, response);
}

async function sendPieces(pieces: Pieces, response: ServerResponse): Promise<void> {
  while (!response.destroyed) {
    const next = await pieces.next();
    if (next.done === true) {
      response.end();
      return;
    }
    await writeTo(response, next.value);
  }
  await pieces.return();
}

/** Bytes that may wait for the client before no more are asked for. */
const mostWaiting = 512 * 1024;

/** Writes bytes; resolves when more may follow: at once while few wait, else when the client has taken them, or has left. */
function writeTo(response: ServerResponse, bytes: Uint8Array): Promise<void> | undefined {
  response.write(bytes);
  if (response.destroyed || response.writableLength < mostWaiting) return undefined;
  const { promise, resolve } = deferred();
  const settle = () => {
    response.off('drain', settle).off('close', settle);
    resolve();
  };
  response.on('drain', settle).on('close', settle);
  return promise;
}

/** What a door answers in this form is an error or a few words of JSON: it is sent whole. */
async function sendWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.statusCode = answer.status;
  response.setHeaders(answer.headers).end(body);
}
