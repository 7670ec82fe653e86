import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { proxy } from '../proxy';

/** The policy of a page's answer, by directive. */
function policyOf(path: string): Map<string, string[]> {
  const headers = { cookie: 'next-auth.session-token=x' };
  const answer = proxy(new NextRequest(`http://localhost${path}`, { headers }));
  const text = answer.headers.get('content-security-policy') ?? '';
  return new Map(text.split('; ').map((line) => [line.split(' ')[0] ?? '', line.split(' ').slice(1)]));
}

test.each(['/', '/sign-in', '/s/demo/blog/query'])(
  'S33: on %s no script runs that Howdah did not send',
  (path) => {
    const policy = policyOf(path);
    expect(policy.get('script-src')).toEqual([
      "'self'",
      expect.stringMatching(/^'nonce-[A-Za-z0-9+/]{40,}={0,2}'$/),
      "'strict-dynamic'",
    ]);
    for (const [name, wanted] of [
      ['default-src', "'self'"],
      ['connect-src', "'self'"],
      ['object-src', "'none'"],
      ['base-uri', "'none'"],
      ['frame-ancestors', "'none'"],
      ['form-action', "'self'"],
    ] as const) {
      expect([name, policy.get(name)]).toEqual([name, [wanted]]);
    }
  },
);

test('S33: no two answers have the same nonce', () => {
  const nonces = ['/', '/'].map((path) => policyOf(path).get('script-src')?.[1]);
  expect(nonces[0]).not.toBe(nonces[1]);
});
