import { afterEach, expect, test, vi } from 'vitest';
import { type RunListener, streamRun } from './run-stream';

afterEach(() => {
  vi.unstubAllGlobals();
});

async function heard(answer: () => Response | Promise<Response>, signal = new AbortController().signal) {
  const calls: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
    };
  const listener: RunListener = {
    onAccepted: note('accepted'),
    onEvent: note('event'),
    onRefused: note('refused'),
    onEnded: note('ended'),
    onLost: note('lost'),
  };
  const fetched = vi.fn(async (_path: string) => answer());
  vi.stubGlobal('fetch', fetched);
  const request = { sql: 'select 1', level: 'read', max_rows: 10 } as const;
  await streamRun({ server: 'demo', database: 'a/b' }, request, listener, signal);
  return { calls, path: fetched.mock.calls[0]?.[0] };
}

const start = { type: 'start', id: 'h1', statement: 1, of: 1 };

test('events arrive in order, between the id and the end', async () => {
  const body = `${JSON.stringify(start)}\n{"type":"rows","rows":[["1"]]}\n`;
  const { calls, path } = await heard(() => new Response(body, { headers: { 'Howdah-Query-Id': 's1' } }));
  expect(path).toBe('/api/v1/servers/demo/databases/a%2Fb/queries');
  expect(calls).toEqual([
    ['accepted', 's1'],
    ['event', start],
    ['event', { type: 'rows', rows: [['1']] }],
    ['ended'],
  ]);
});

test('an error before the stream is a refusal, also without a body of ours', async () => {
  const error = { code: 'unauthenticated', message: 'Sign in.' };
  expect((await heard(() => Response.json({ error }, { status: 401 }))).calls).toEqual([['refused', error]]);
  const proxy = await heard(() => new Response('<html>', { status: 502 }));
  expect(proxy.calls).toEqual([
    ['refused', { code: 'internal', message: 'Howdah answered with status 502.' }],
  ]);
});

test('a broken stream is lost; our own abort is silent', async () => {
  const broken = () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network')) });
    return new Response(body);
  };
  expect((await heard(broken)).calls).toEqual([['accepted', null], ['lost']]);
  const aborted = new AbortController();
  aborted.abort();
  expect((await heard(broken, aborted.signal)).calls).toEqual([['accepted', null]]);
});
