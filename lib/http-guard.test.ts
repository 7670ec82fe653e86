import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import type { Env } from './env';
import { guardHttp, guardRequest } from './http-guard';
import { originOf } from './origin';
import { checkOrigin } from './same-origin';
import { singleton } from './singleton';

/** Makes `env()` answer these from now on. */
function setEnv(values: Partial<Env>): void {
  Object.assign(
    singleton<Partial<Env>>('env', () => ({})),
    { NEXTAUTH_URL: undefined },
    values,
  );
}

beforeEach(() => setEnv({ HOWDAH_TRUSTED_PROXIES: 0 }));

const claimed = {
  host: 'howdah.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '127.0.0.1',
  forwarded: 'for=127.0.0.1',
  'x-real-ip': '127.0.0.1',
  'x-middleware-subrequest': 'proxy:proxy:proxy',
  'x-nextjs-data': '1',
  'x-matched-path': '/sign-in',
  'x-howdah-path': '/elsewhere',
  'next-action': '0'.repeat(40),
  'next-router-state-tree': 'kept',
  rsc: '1',
};

test('S02: a client cannot say what only a proxy or Next itself may say', () => {
  const headers = { ...claimed };
  guardRequest({ headers });
  expect(headers).toEqual({ host: 'howdah.example', 'next-router-state-tree': 'kept', rsc: '1' });
});

test('S02: a trusted proxy may say what the browser sent, and nothing of Next', () => {
  setEnv({ HOWDAH_TRUSTED_PROXIES: 1 });
  const headers = { ...claimed };
  guardRequest({ headers });
  expect(Object.keys(headers)).toEqual(
    expect.arrayContaining(['x-forwarded-host', 'x-forwarded-for', 'forwarded']),
  );
  expect(
    Object.keys(headers).filter((name) => /^(x-middleware|x-nextjs|x-howdah|next-action)/.test(name)),
  ).toEqual([]);
});

test('an address is the one that the outermost trusted proxy saw', () => {
  const headers = new Headers({ 'x-forwarded-for': 'made-up, 198.51.100.7, 10.0.0.1' });
  expect(originOf(headers).address).toBe('10.0.0.1');
  setEnv({ HOWDAH_TRUSTED_PROXIES: 1 });
  expect(originOf(headers).address).toBe('198.51.100.7');
  expect(originOf(new Headers())).toEqual({ address: null, userAgent: null });
});

const check = (headers: Record<string, string>) => () =>
  checkOrigin(new Headers({ host: 'howdah.example', ...headers }));

test('S10: only a page of this Howdah may change something', () => {
  expect(check({ origin: 'https://howdah.example' })).not.toThrow();
  expect(check({ origin: 'https://howdah.example', 'sec-fetch-site': 'same-origin' })).not.toThrow();
  for (const headers of [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'https://howdah.example.evil.example' },
    { origin: 'https://evil.example/howdah.example' },
    { origin: 'howdah.example' },
    { origin: 'https://howdah.example', 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[]) {
    expect(check(headers), JSON.stringify(headers)).toThrow('does not come from a page of this Howdah');
  }
});

test('S10: where the address that people type is known, nothing else counts', () => {
  setEnv({ NEXTAUTH_URL: 'https://howdah.example/' });
  expect(check({ origin: 'https://howdah.example' })).not.toThrow();
  expect(check({ origin: 'http://howdah.example' })).toThrow();
  expect(check({ origin: 'https://evil.example', host: 'evil.example' })).toThrow();
});

/** The headers of an answer that a handler knows nothing of. */
async function answerTo(path: string, headers: Record<string, string> = {}): Promise<Headers> {
  const server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  server.close();
  return answer.headers;
}

test('every answer says that it is not to be framed, sniffed or, by the API, kept', async () => {
  guardHttp();
  for (const path of ['/', '/api/v1/servers', '/_next/static/x.js']) {
    expect(Object.fromEntries(await answerTo(path))).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  }
  const ofApi = await answerTo('/api/v1/servers');
  expect(ofApi.get('cache-control')).toBe('private, no-store');
  expect(ofApi.get('content-security-policy')).toContain("default-src 'none'; frame-ancestors 'none'");
});

test('a browser is kept to TLS where Howdah is behind it, and only there', async () => {
  const claim = { 'x-forwarded-proto': 'https' };
  expect((await answerTo('/', claim)).get('strict-transport-security')).toBeNull();
  setEnv({ HOWDAH_TRUSTED_PROXIES: 1 });
  expect((await answerTo('/')).get('strict-transport-security')).toBeNull();
  expect((await answerTo('/', claim)).get('strict-transport-security')).toMatch(/^max-age=31536000/);
  setEnv({ HOWDAH_TRUSTED_PROXIES: 0, NEXTAUTH_URL: 'https://howdah.example' });
  expect((await answerTo('/')).get('strict-transport-security')).toMatch(/^max-age=31536000/);
});
