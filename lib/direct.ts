import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { parseCookie } from 'cookie';
import { type Answer, type Asked, type RawNames, sendAnswer } from './answer';
import { uncached } from './answer-headers';
import { AppError, errorBody } from './errors';

/** A door that needs nothing of Next: `path` matches the whole of it, and its groups are the dynamic segments. */
export type DirectDoor = {
  method: 'POST';
  path: RegExp;
  handler: { answer: (asked: Asked, names: RawNames) => Promise<Answer | Response> };
};

/**
 * Takes requests for these doors before Next does, at the same port and with the same handlers: what Next does to a request
 * and its answer costs more than a short run, and slows a stream down. All else goes to Next, and so does what has an
 * address that is not plain: a query, an escape. Only an address that can't be read is not for Next, which fails on it.
 */
export function serveDirectly(doors: DirectDoor[]): void {
  const seen = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    if (seen.has(server)) return;
    seen.add(server);
    const others = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (refuseAddress(request, response) || serveAt(doors, request, response)) return;
      for (const listener of others) listener.call(server, request, response);
    });
  });
}

/** An address that names no page: Next answers it with ours for what is not there. */
const nowhere = '/not-found';

/** Answers a request of the API whose path holds an escape that is not UTF-8. Of a page, Next is asked for another. */
function refuseAddress(request: IncomingMessage, response: ServerResponse): boolean {
  const [path = ''] = (request.url ?? '').split('?');
  if (isReadable(path)) return false;
  if (!path.startsWith('/api/')) {
    request.url = nowhere;
    return false;
  }
  const error = new AppError('invalid', 'The address holds a percent-encoding that is not UTF-8.', {
    hint: 'Encode each name in it with encodeURIComponent.',
  });
  const answer = Response.json({ error: errorBody(error) }, { status: error.status, headers: uncached });
  void sendAnswer(answer, response);
  return true;
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function serveAt(doors: DirectDoor[], request: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '' } = request;
  for (const door of doors) {
    const match = door.method === method ? door.path.exec(url) : null;
    if (match === null) continue;
    void serve(door.handler, { ...match.groups }, { request, response });
    return true;
  }
  return false;
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

async function serve(
  handler: DirectDoor['handler'],
  names: Record<string, string>,
  { request, response }: Exchange,
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) left.abort();
  });
  try {
    await sendAnswer(await handler.answer(askedOf(request, left.signal), names), response);
  } catch (error) {
    if (!left.signal.aborted) console.error('howdah: an answer was broken off', error);
    response.destroy();
  }
}

/** A request from the wire as a door sees it. */
function askedOf(request: IncomingMessage, signal: AbortSignal): Asked {
  const { headers, method = '', url = '' } = request;
  const cookies = parseCookie(headers.cookie ?? '');
  return {
    method,
    nextUrl: { pathname: url, search: '', searchParams: new URLSearchParams() },
    headers: {
      get(name) {
        const value = headers[name];
        return value === undefined ? null : String(value);
      },
    },
    cookies: {
      get(name) {
        const value = cookies[name];
        return value === undefined ? undefined : { value };
      },
    },
    signal,
    body: request,
  };
}
