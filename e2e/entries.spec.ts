import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import pg from 'pg';
import { root } from '../scripts/settings';
import type { Role } from './accounts';
import { entries, type Least } from './entries';
import { expect, settings, test } from './fixtures';

const rank = { anybody: 0, reviewer: 0, developer: 1, admin: 2 } as const satisfies Record<Least, number>;
const build = path.join(root, '.next');

/** What the demo has: there is something to be read by whoever gets in. */
const real: Record<string, string> = {
  server: 'demo',
  database: 'blog',
  schema: 'public',
  relation: 'posts',
  id: '01980000-0000-7000-8000-000000000000',
  pid: '1',
  kind: 'backup',
  session: '01980000-0000-7000-8000-000000000001',
};

type Entry = { entry: string; method: string; url: string; least: Least };

/** The entries that are not open to anybody, about things of these names. */
function closedTo(names: Record<string, string>): Entry[] {
  const closed = Object.entries(entries).filter(([, least]) => least !== 'anybody');
  return closed.map(([entry, least]) => {
    const [method = '', address = ''] = entry.split(' ');
    const url = address.replace(/\[(\w+)\]/g, (_, name: string) => nameOf(names, name));
    return { entry, method, url, least };
  });
}

function nameOf(names: Record<string, string>, segment: string): string {
  const name = names[segment];
  if (name === undefined) throw new Error(`Say above what stands for [${segment}] in an address.`);
  return name;
}

/** A server that is nowhere: who may enter then changes nothing. */
const closed = closedTo({ ...real, server: 'atlantis' });

/** Asks an entry once; where Next sends RSC requests to the same path with a hash, it goes along. */
async function ask(request: APIRequestContext, entry: Entry, headers: Record<string, string> = {}) {
  const answer = await askOnce(request, entry, headers);
  const { pathname, search } = new URL(answer.headers().location ?? '/nowhere', settings.baseUrl);
  const isSame = answer.status() === 307 && pathname === entry.url.split('?')[0] && search.includes('_rsc');
  return isSame ? askOnce(request, { ...entry, url: `${pathname}${search}` }, headers) : answer;
}

/** Asks an entry of the API with an empty body where it takes one; pages are got. */
function askOnce(request: APIRequestContext, { method, url }: Entry, headers: Record<string, string>) {
  const hasBody = method !== 'PAGE' && method !== 'GET' && method !== 'DELETE';
  const origin = { origin: settings.baseUrl };
  return request.fetch(url, {
    method: method === 'PAGE' ? 'GET' : method,
    headers: { ...origin, ...headers },
    maxRedirects: 0,
    ...(hasBody ? { data: {} } : {}),
  });
}

/** What only somebody who is signed in may read: the demo's server, its databases, its users. */
const secrets = ['practice_portal', 'backend_db', 'unm_prep', 'howdah_read', '"Demo"'];

/** What a client may try to be taken for something else: each must change nothing. */
const disguises: Record<string, Record<string, string>> = {
  'nothing at all': {},
  'a spoofed subrequest': { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  'a spoofed host': {
    'x-forwarded-host': 'localhost',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '127.0.0.1',
  },
  'RSC headers': { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  'a router state': {
    rsc: '1',
    'next-router-state-tree': encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null,true]'),
  },
  'headers of Next itself': {
    'x-nextjs-data': '1',
    'x-matched-path': '/sign-in',
    'x-invoke-path': '/sign-in',
  },
  'a made-up session': { cookie: 'next-auth.session-token=of-another-house' },
};

test.describe('S01, S02: without a session', () => {
  for (const [name, headers] of Object.entries(disguises)) {
    test(`no entry answers to ${name}`, async ({ request }) => {
      for (const entry of closedTo(real)) {
        const answers = [await ask(request, entry, headers)];
        if (entry.method === 'PAGE')
          answers.push(await ask(request, { ...entry, url: `${entry.url}?_rsc=1a2b3` }, headers));
        for (const answer of answers) {
          const body = await answer.text();
          expect(
            secrets.filter((secret) => body.includes(secret)),
            entry.entry,
          ).toEqual([]);
          if (entry.method === 'PAGE')
            expectSentAway(entry, answer.status(), answer.headers().location, body);
          else expect([entry.entry, answer.status()]).toEqual([entry.entry, 401]);
        }
      }
    });
  }

  test('a form for a server action finds none', async ({ request, signedIn, playwright }) => {
    const admin = await playwright.request.newContext({
      baseURL: settings.baseUrl,
      storageState: signedIn.admin,
    });
    const headers = { 'next-action': '0'.repeat(40), origin: settings.baseUrl };
    for (const { url } of closed.filter(({ method }) => method === 'PAGE')) {
      const answer = await request.post(url, { headers, data: '[]', maxRedirects: 0 });
      expect([url, answer.status()]).toEqual([url, 307]);
    }
    expect((await admin.post('/history', { headers, data: '[]', maxRedirects: 0 })).status()).toBeLessThan(
      500,
    );
    await admin.dispose();
  });
});

/** By the proxy's redirect, or by the page's own where some cookie came along: then the body is all there is. */
function expectSentAway({ entry }: Entry, status: number, location: string | undefined, body: string): void {
  const isSent = [303, 307].includes(status) && location !== undefined;
  const target = isSent ? new URL(location, settings.baseUrl) : null;
  if (target !== null)
    expect([entry, target.origin, target.pathname]).toEqual([entry, settings.baseUrl, '/sign-in']);
  else expect(body, `${entry}: ${status}`).toContain('/sign-in');
}

test.describe('S03: with a role', () => {
  for (const role of ['reviewer', 'developer', 'admin'] as const satisfies readonly Role[]) {
    test(`a ${role} enters what is theirs, and is refused and recorded at the rest`, async ({
      playwright,
      signedIn,
    }) => {
      const request = await playwright.request.newContext({
        baseURL: settings.baseUrl,
        storageState: signedIn[role],
      });
      const store = new pg.Client({ connectionString: settings.storeUrl });
      await store.connect();
      for (const entry of closed) {
        const mayEnter = rank[role] >= rank[entry.least];
        const before = await countRefusals(store, role);
        const answer = await ask(request, entry);
        const body = await answer.text();
        const isRefused = answer.status() === 403;
        const recorded = (await countRefusals(store, role)) - before;
        expect([entry.entry, isRefused, recorded > 0]).toEqual([entry.entry, !mayEnter, !mayEnter]);
        if (entry.method === 'PAGE') {
          expect([entry.entry, body.includes('This page cannot be shown')]).toEqual([entry.entry, !mayEnter]);
          const isThere = !/atlantis|0000-7000/.test(entry.url);
          const status = !mayEnter ? 403 : isThere ? 200 : 404;
          expect([entry.entry, answer.status()]).toEqual([entry.entry, status]);
        } else expect([entry.entry, answer.status()]).not.toEqual([entry.entry, 401]);
        expect(answer.headers()['cache-control'], entry.entry).toMatch(/private.*no-store/);
      }
      await store.end();
      await request.dispose();
    });
  }
});

test('what Next asks for within a page is data that says so, for it would take another status for a fault', async ({
  reviewer,
}) => {
  const answer = await reviewer.request.get('/settings/users?_rsc=1a2b3', { headers: { rsc: '1' } });
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'text/x-component']);
  expect(await answer.text()).toContain('This page cannot be shown');
  const loaded = await reviewer.goto('/settings/users');
  expect(loaded?.status()).toBe(403);
  await expect(reviewer.getByText('lacks the permission')).toBeVisible();
  await expect(reviewer.getByRole('navigation').first()).toBeVisible();
});

async function countRefusals(store: pg.Client, username: string): Promise<number> {
  const { rows } = await store.query<{ n: number }>(
    "select count(*)::int as n from audit_log where action = 'access.refuse' and username = $1",
    [username],
  );
  return rows[0]?.n ?? 0;
}

test('S10: no entry that changes something takes a request of another site', async ({
  playwright,
  signedIn,
}) => {
  const request = await playwright.request.newContext({
    baseURL: settings.baseUrl,
    storageState: signedIn.admin,
  });
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    { origin: 'https://evil.example', host: 'evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: settings.baseUrl, 'sec-fetch-site': 'cross-site' },
    { origin: `${settings.baseUrl}.evil.example` },
  ];
  const changing = closed.filter(({ method }) => method !== 'GET' && method !== 'PAGE');
  expect(changing.length).toBeGreaterThan(5);
  for (const entry of changing) {
    for (const headers of foreign) {
      const answer = await ask(request, entry, headers);
      expect([entry.entry, JSON.stringify(headers), answer.status()]).toEqual([
        entry.entry,
        JSON.stringify(headers),
        403,
      ]);
    }
  }
  await request.dispose();
});

test('S01: the build holds no entry that is not in the list, and no server action', async () => {
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(path.join(build, name), 'utf8'));
  const paths = Object.entries((await read('app-path-routes-manifest.json')) as Record<string, string>);
  const known = new Set(Object.keys(entries).map((entry) => entry.split(' ')[1]));
  const own = ['/_global-error', '/_not-found', '/icon.svg', '/favicon.ico'];
  const strange = paths.filter(([, address]) => !known.has(address) && !own.includes(address));
  expect(paths.length).toBeGreaterThan(40);
  expect(strange, 'Add the lines that lib/entries.test.ts prints to e2e/entries.ts').toEqual([]);
  const actions = (await read('server/server-reference-manifest.json')) as { node: object; edge: object };
  expect([actions.node, actions.edge]).toEqual([{}, {}]);
  const { dynamicRoutes, routes } = (await read('prerender-manifest.json')) as {
    dynamicRoutes: object;
    routes: object;
  };
  const baked = [...Object.keys(routes), ...Object.keys(dynamicRoutes)].filter(
    (address) => !own.includes(address),
  );
  expect(baked, 'a page that is baked at build time is served to anybody').toEqual([]);
});
