import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import pg from 'pg';
import { browserDataFolder } from '../scripts/settings';
import { postCredentials } from './accounts';
import { postQuery, sameOrigin } from './api';
import { entries } from './entries';
import { expect, settings, test } from './fixtures';

const real: Record<string, string> = {
  server: 'demo',
  database: 'blog',
  schema: 'public',
  relation: 'users',
};

/** What must never be read anywhere: what Howdah was started with, what it made, and what a test planted. */
async function listSecrets(store: pg.Client, planted: string[]): Promise<Map<string, string>> {
  const made = JSON.parse(await readFile(path.join(browserDataFolder(), 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >;
  const { rows } = await store.query<Record<string, string | null>>(
    `select read_secret, write_secret, owner_secret from servers where slug = 'demo'`,
  );
  const hashes = await store.query<{ username: string; hash: string }>(
    "select username, split_part(password_hash, '$', 6) as hash from users where password_hash is not null",
  );
  const sealed = Object.entries(rows[0] ?? {}).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return new Map([
    ...Object.entries(made),
    ...sealed,
    ...hashes.rows.map(({ username, hash }) => [`the hash of ${username}`, hash] as const),
    ['the superuser of the server', new URL(settings.serverUrl).password],
    ['the password of the accounts', settings.password],
    ...planted.map((text, index) => [`planted ${index}`, text] as const),
  ]);
}

/** Fails where a text holds a secret, naming which and where, never the secret itself. */
function expectNone(secrets: Map<string, string>, text: string, where: string): void {
  const found = [...secrets]
    .filter(([, secret]) => secret !== '' && text.includes(secret))
    .map(([name]) => name);
  expect(found, where).toEqual([]);
}

/** Every address that can be got, with what the demo has in its place. */
async function listAddresses(request: APIRequestContext): Promise<string[]> {
  const runs = (await (await request.get('/api/v1/history')).json()) as { items: { id: string }[] };
  const jobs = (await (await request.get('/api/v1/jobs')).json()) as { items: { id: string }[] };
  return Object.keys(entries).flatMap((entry) => {
    const [method = '', address = ''] = entry.split(' ');
    if (method !== 'GET' && method !== 'PAGE') return [];
    if (address.includes('nextauth') || address.endsWith('/file')) return [];
    const id = (address.includes('/jobs/') ? jobs : runs).items[0]?.id ?? randomUUID();
    return [address.replace(/\[(\w+)\]/g, (_, name: string) => (name === 'id' ? id : (real[name] ?? 'x')))];
  });
}

test('S46: no secret is in any answer, payload, error, log or row', async ({
  playwright,
  signedIn,
  server,
}) => {
  const store = new pg.Client({ connectionString: settings.storeUrl });
  await store.connect();
  const admin = await playwright.request.newContext({
    baseURL: settings.baseUrl,
    storageState: signedIn.admin,
  });
  const cookie = signedIn.admin.cookies.find(({ name }) => name.endsWith('session-token'))?.value ?? '';
  const [wrong, typed, inSql] = [1, 2, 3].map((each) => `canary-${each}-${randomUUID()}`);
  const secrets = await listSecrets(store, [wrong ?? '', typed ?? '', inSql ?? '', cookie]);
  expect(secrets.size).toBeGreaterThan(12);

  await test.step('when somebody mistypes, misplaces and misspells them', async () => {
    const { host, hostname, port } = new URL(settings.serverUrl);
    const urls = [
      `postgresql://nobody:${wrong}@${host}/postgres`,
      `postgresql://nobody:${wrong}@${hostname}:1/postgres`,
      `postgresql://nobody:${wrong}@${hostname}:${port}/postgres?sslmode=none`,
      `not a url ${wrong}`,
    ];
    for (const url of urls) {
      const data = { slug: 'canary', name: 'Canary', environment: 'staging', url };
      const answer = await admin.post('/api/v1/servers', { data, headers: sameOrigin });
      expect(answer.status()).toBeGreaterThanOrEqual(400);
      expectNone(secrets, await answer.text(), 'an enrolment that fails');
    }
    const stranger = await playwright.request.newContext({ baseURL: settings.baseUrl });
    for (const fields of [
      { username: 'developer', password: typed ?? '' },
      { username: typed ?? '', password: 'x' },
    ]) {
      expectNone(secrets, await postCredentials(stranger, fields), 'a sign-in that fails');
    }
    await stranger.dispose();
    const confirmed = { level: 'owner', confirm: 'demo/blog' } as const;
    for (const sql of [
      `alter role nobody_here password '${inSql}'`,
      `alter role nobody_here password '${inSql}' oops`,
    ]) {
      expectNone(
        secrets,
        await (await postQuery(admin, { sql, ...confirmed })).text(),
        'a statement that fails',
      );
    }
  });

  await test.step('in any page, as HTML and as RSC, and any answer of the API', async () => {
    const addresses = await listAddresses(admin);
    expect(addresses.length).toBeGreaterThan(40);
    for (const address of addresses) {
      expectNone(secrets, await (await admin.get(address)).text(), address);
      if (!address.startsWith('/api/'))
        expectNone(
          secrets,
          await (await admin.get(address, { headers: { rsc: '1' } })).text(),
          `${address} as RSC`,
        );
    }
  });

  await test.step('in any row but its own, the log of the server included', async () => {
    const { rows } = await store.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'graphile_worker') and c.relkind = 'r' and not c.relispartition or c.relkind = 'p'`,
    );
    expect(rows.length).toBeGreaterThan(12);
    for (const { name } of rows) {
      const own = name === 'servers' ? /^(read|write|owner)_secret$/ : name === 'users' ? /^the hash/ : /^$/;
      const others = new Map([...secrets].filter(([secret]) => !own.test(secret)));
      const { rows: all } = await store.query<{ text: string }>(`select t::text as text from ${name} t`);
      expectNone(others, all.map(({ text }) => text).join('\n'), `the table ${name}`);
    }
    expectNone(
      secrets,
      await readFile(path.join(browserDataFolder(), 'app.log'), 'utf8'),
      'the log of Howdah',
    );
    const { rows: activity } = await server.query<{ text: string }>(
      'select a::text as text from pg_stat_activity a',
    );
    expectNone(secrets, activity.map(({ text }) => text).join('\n'), 'pg_stat_activity');
  });
  await admin.dispose();
  await store.end();
});
