import { randomUUID } from 'node:crypto';
import { test as base, type Page } from '@playwright/test';
import pg from 'pg';
import { browserSettings } from '../scripts/settings';
import { type Role, roles, type SignedIn, signInByApi } from './accounts';

export { expect } from '@playwright/test';

/** What Howdah was started with: its address, the accounts' password, and superusers' URLs. */
export const settings = browserSettings();

type WorkerFixtures = {
  /** A cookie of each role. */
  signedIn: Record<Role, SignedIn>;
  /** A superuser's connection to the server `demo`: what PostgreSQL itself says. */
  server: pg.Client;
  /** The same to the sample database. */
  blogDatabase: pg.Client;
};

type TestFixtures = {
  /** A text that occurs nowhere else: what a test left behind is found by it, and disturbs no other. */
  marker: string;
  /** Opens a page of a browser of its own. */
  openPage: (role?: Role) => Promise<Page>;
  admin: Page;
  developer: Page;
  reviewer: Page;
};

/** Playwright's test with a signed-in page for each user role; `page` is a browser that nobody has signed in to. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  signedIn: [
    async ({ playwright }, use) => {
      const states = await Promise.all(
        roles.map(async (role) => [role, await signInByApi(playwright, settings, role)] as const),
      );
      await use(Object.fromEntries(states) as Record<Role, SignedIn>);
    },
    { scope: 'worker' },
  ],
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first parameter
    async ({}, use) => withClient(settings.serverUrl, use),
    { scope: 'worker' },
  ],
  blogDatabase: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => withClient(new URL('/blog', settings.serverUrl).href, use),
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  marker: async ({}, use) => use(`e2e-${randomUUID().slice(0, 13)}`),
  openPage: async ({ browser, signedIn }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (role) => {
      const context = await browser.newContext(role && { storageState: signedIn[role] });
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  admin: async ({ openPage }, use) => use(await openPage('admin')),
  developer: async ({ openPage }, use) => use(await openPage('developer')),
  reviewer: async ({ openPage }, use) => use(await openPage('reviewer')),
});

/** Does `work` as the superuser in a database of the server `demo`. */
export function onDatabase<T>(name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(new URL(`/${encodeURIComponent(name)}`, settings.serverUrl).href, work);
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
