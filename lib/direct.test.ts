import { once } from 'node:events';
import http, { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, answerOf, type Pieces, type RawNames } from './answer';
import { readText } from './body';
import { deferred } from './deferred';
import { serveDirectly } from './direct';

type Call = { asked: Asked; names: RawNames; body: string };
let calls: Call[] = [];
let pieces: Pieces;
const headers = { 'content-type': 'text/plain' };
const cookies: [string, string][] = [
  ['set-cookie', 'a=1'],
  ['set-cookie', 'b=2'],
];

/** What the door answers, by what it is asked in the body. */
async function answer(asked: Asked, names: RawNames) {
  const body = await readText(asked, 1024);
  calls.push({ asked, names, body });
  if (body === 'fail') throw new Error('The door itself failed');
  if (body === 'web') return Response.json({ error: 'no' }, { status: 403, headers: cookies });
  if (body === 'none') return new Response(null, { status: 204 });
  return answerOf(headers, body === 'pieces' ? pieces : Buffer.from(`got ${body}`));
}

const server = createServer(({ url = '' }, response) =>
  response.setHeader('asked-for', url).end('from Next'),
);
let base: string;

beforeAll(async () => {
  serveDirectly([{ method: 'POST', path: /^\/doors\/(?<door>[\w-]+)$/, handler: { answer } }]);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function ask(path: string, init: RequestInit = {}) {
  calls = [];
  const response = await fetch(`${base}${path}`, { method: 'POST', body: 'x', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('a door is handed what the request holds, and its answer is sent whole', async () => {
  const answered = await ask('/doors/front', {
    headers: { cookie: 'a=1; session=s%20p', 'x-of-mine': 'yes' },
  });
  expect([answered.status, answered.text]).toEqual([200, 'got x']);
  expect(answered.headers.get('content-length')).toBe('5');
  expect(answered.headers.get('content-type')).toBe('text/plain');
  const { asked, names } = calls[0] as Call;
  expect(names).toEqual({ door: 'front' });
  expect([asked.method, asked.nextUrl.pathname, asked.nextUrl.search]).toEqual(['POST', '/doors/front', '']);
  expect([asked.headers.get('x-of-mine'), asked.headers.get('x-missing')]).toEqual(['yes', null]);
  expect([asked.cookies.get('session'), asked.cookies.get('b')]).toEqual([{ value: 's p' }, undefined]);
});

test.each(['/doors/front?limit=1', '/doors/a%20b', '/doors/..', '/doors/front/', '/elsewhere'])(
  '%s is left to Next',
  async (path) => {
    expect((await ask(path)).text).toBe('from Next');
    expect(calls).toEqual([]);
  },
);

test('another method is left to Next', async () => {
  expect((await ask('/doors/front', { method: 'DELETE', body: null })).text).toBe('from Next');
});

test.each(['/api/v1/servers/%E0%A4%A', '/api/v1/servers/%ff/health?x=1', '/api/%'])(
  'S36: %s is refused, not handed to Next',
  async (path) => {
    const { status, text, headers } = await ask(path);
    expect([status, headers.get('cache-control')]).toEqual([400, 'private, no-store']);
    expect(JSON.parse(text)).toEqual({
      error: {
        code: 'invalid',
        message: 'The address holds a percent-encoding that is not UTF-8.',
        hint: expect.stringContaining('encodeURIComponent'),
      },
    });
  },
);

test('of a page whose address cannot be read, Next is asked for one that is not there', async () => {
  expect((await ask('/s/demo/%E0%A4%A?q=%2F')).headers.get('asked-for')).toBe('/not-found');
  for (const path of ['/s/demo/%F0%9F%90%98?q=%E0%A4%A', '/s/a%2520b'])
    expect((await ask(path)).headers.get('asked-for')).toBe(path);
});

test('a refusal keeps its status, its headers and its body', async () => {
  const { status, text, headers } = await ask('/doors/front', { body: 'web' });
  expect([status, text, headers.get('content-type')]).toEqual([403, '{"error":"no"}', 'application/json']);
  expect([headers.get('content-length'), headers.getSetCookie()]).toEqual(['14', ['a=1', 'b=2']]);
  const empty = await ask('/doors/front', { body: 'none' });
  expect([empty.status, empty.text]).toEqual([204, '']);
});

test('an answer in pieces goes out as they come; one that fails breaks the connection', async () => {
  const parts = ['one ', 'two '].map((part) => Buffer.from(part));
  pieces = {
    next: async () => {
      const value = parts.shift();
      return value === undefined ? { value, done: true } : { value, done: false };
    },
    return: async () => undefined,
  };
  expect((await ask('/doors/front', { body: 'pieces' })).text).toBe('one two ');
  pieces = { next: () => Promise.reject(new Error('gone')), return: async () => undefined };
  await expect(ask('/doors/front', { body: 'pieces' })).rejects.toThrow();
  await expect(ask('/doors/front', { body: 'fail' })).rejects.toThrow();
});

test('a client that takes nothing is asked for no more, and one that leaves ends the pieces', async () => {
  const block = Buffer.alloc(1024 * 1024);
  const left = deferred<void>();
  let sent = 0;
  pieces = {
    next: async () => {
      sent += 1;
      return { value: block, done: false };
    },
    return: async () => left.resolve(),
  };
  calls = [];
  const request = http.request(`${base}/doors/front`, { method: 'POST' });
  request.on('error', () => undefined).end('pieces');
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const seen: number[] = [];
  while (seen.length < 3 || seen.at(-1) !== seen.at(-3)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen.push(sent);
  }
  expect(sent).toBeGreaterThan(0);
  expect(calls[0]?.asked.signal.aborted).toBe(false);
  response.destroy();
  await left.promise;
  expect(calls[0]?.asked.signal.aborted).toBe(true);
});
