import type { Page } from '@playwright/test';
import { postCredentials, signIn } from './accounts';
import { findRuns, postQuery } from './api';
import { expect, settings, test } from './fixtures';
import { awake } from './shell';

/** What the sign-in page says after a try. */
async function complaintOf(page: Page, username: string): Promise<string> {
  await page.goto('/sign-in');
  await signIn(page, username, 'not the password');
  const complaint = page.getByRole('alert').filter({ hasText: /\S/ });
  await expect(complaint).toBeVisible();
  await expect(page).toHaveURL('/sign-in');
  return complaint.innerText();
}

test('a wrong password and an unknown user read the same', async ({ page }) => {
  const wrong = await complaintOf(page, 'developer');
  expect(wrong).toBe('The user name or the password is wrong.');
  expect(await complaintOf(page, 'nobody-of-this-name')).toBe(wrong);
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => name.includes('session-token'))).toEqual([]);
});

test('signing out ends the session on the server', async ({ page, playwright }) => {
  await page.goto('/sign-in');
  await signIn(page, 'developer', settings.password);
  await expect(page).toHaveURL('/');
  const stolen = await playwright.request.newContext({
    baseURL: settings.baseUrl,
    storageState: await page.context().storageState(),
  });
  expect((await stolen.get('/api/v1/servers')).status()).toBe(200);

  await awake(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  const answer = await stolen.get('/api/v1/servers');
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: 'unauthenticated' } });
  await stolen.dispose();
  await page.goto('/history');
  await expect(page).toHaveURL('/sign-in?callbackUrl=%2Fhistory');
});

test('a page asks to sign in and comes back, filters and all', async ({ page }) => {
  await page.goto('/history?status=failed&user=developer');
  await expect(page).toHaveURL((url) => url.pathname === '/sign-in');
  await signIn(page, 'developer', settings.password);
  await expect(page).toHaveURL('/history?status=failed&user=developer');
  await expect(page.getByLabel('Status', { exact: true })).toHaveValue('failed');
});

test('a cookie that is worth nothing leads to the sign-in page', async ({ page, context }) => {
  const cookie = { name: 'next-auth.session-token', value: 'of-another-house', url: settings.baseUrl };
  await context.addCookies([cookie]);
  await page.goto('/s/demo/blog/query');
  await expect(page).toHaveURL('/sign-in?callbackUrl=%2Fs%2Fdemo%2Fblog%2Fquery');
  await signIn(page, 'reviewer', settings.password);
  await expect(page).toHaveURL('/s/demo/blog/query');
});

for (const foreign of ['https://example.com/', '//example.com', '/\\example.com', '/\t/example.com']) {
  test(`signing in never leads to ${JSON.stringify(foreign)}`, async ({ page, context, playwright }) => {
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(foreign)}`);
    await signIn(page, 'reviewer', settings.password);
    await expect(page).toHaveURL('/');
    expect(asked.filter((url) => !url.startsWith(settings.baseUrl))).toEqual([]);

    const request = await playwright.request.newContext({ baseURL: settings.baseUrl });
    const fields = { username: 'reviewer', password: settings.password, callbackUrl: foreign };
    const target = new URL(await postCredentials(request, fields), settings.baseUrl);
    expect(target.origin).toBe(settings.baseUrl);
    await request.dispose();
  });
}

for (const [name, headers] of [
  ['without an Origin', {}],
  ['from another origin', { origin: 'https://example.com' }],
  ['from an opaque origin', { origin: 'null' }],
] as const) {
  test(`a POST ${name} is forbidden and not recorded`, async ({ developer, marker }) => {
    const answer = await postQuery(developer.request, { sql: `select '${marker}'` }, headers);
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'forbidden' } });
    expect(await findRuns(developer.request, marker)).toEqual([]);
  });
}

test('nothing of the API answers who is not signed in', async ({ request }) => {
  for (const path of ['servers', 'servers/demo/health', 'servers/demo/databases', 'history']) {
    expect((await request.get(`/api/v1/${path}`)).status(), path).toBe(401);
  }
  expect((await postQuery(request, { sql: 'select 1' })).status()).toBe(401);
});

test('a developer without the grant cannot run at the owner level', async ({ developer, marker }) => {
  const run = { sql: `create table "${marker}" ()`, level: 'owner', confirm: 'demo/blog' } as const;
  const answer = await postQuery(developer.request, run);
  expect(answer.status()).toBe(403);
  expect(await findRuns(developer.request, marker)).toEqual([]);
});

test('a server or a database that is not there is a 404', async ({ developer }) => {
  for (const path of ['servers/atlantis/health', 'servers/atlantis/databases']) {
    expect((await developer.request.get(`/api/v1/${path}`)).status(), path).toBe(404);
  }
  const server = 'There is no server "atlantis" for you.';
  const database = 'There is no database "atlantis" for you on demo.';
  for (const [path, message] of [
    ['/s/atlantis', server],
    ['/s/atlantis/blog/query', server],
    ['/s/demo/atlantis', database],
    ['/s/demo/atlantis/query', database],
    ['/s/demo/atlantis/migrations', database],
    ['/s/demo/howdah/query', 'There is no database "howdah" for you on demo.'],
  ] as const) {
    await developer.goto(path);
    await expect(developer.getByRole('main').getByText(message).first(), path).toBeVisible();
  }
});

test('S36: an address that cannot be read is a page that is not there, and a 400 of the API', async ({
  developer,
}) => {
  const page = await developer.goto('/s/demo/%E0%A4%A');
  expect(page?.status()).toBe(404);
  await expect(developer.getByText('There is no such page')).toBeVisible();
  await developer.getByRole('link', { name: 'All servers' }).click();
  await expect(developer.getByRole('heading', { name: 'Servers', exact: true })).toBeVisible();
  const answer = await developer.request.get('/api/v1/servers/%E0%A4%A/health');
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: 'invalid' } });
});
