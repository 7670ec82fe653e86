import type { Page } from '@playwright/test';
import { type IdentityProvider, openIdentityProvider } from '../scripts/identity-provider';
import { expect, test } from './fixtures';
import { type FreshHowdah, setUpAddress, startFreshHowdah } from './fresh-howdah';

let howdah: FreshHowdah;
/** The address of the invitation of somebody whom the provider knows. */
let invitation: string;
let provider: IdentityProvider;

test.beforeAll(async ({ playwright }) => {
  howdah = await startFreshHowdah(async (url) => {
    provider = await openIdentityProvider(`${url}/api/auth/callback/oidc`, {
      alice: { preferred_username: 'alice', name: 'Alice Adams', groups: ['dba'] },
      bob: { preferred_username: 'bob', groups: ['others'] },
      carol: { preferred_username: 'carol', groups: ['staff'] },
      mallory: { preferred_username: 'first', groups: ['staff'] },
    });
    return {
      AUTH_OIDC_ISSUER: provider.issuer,
      AUTH_OIDC_CLIENT_ID: provider.clientId,
      AUTH_OIDC_CLIENT_SECRET: provider.clientSecret,
      AUTH_OIDC_NAME: 'Example ID',
      AUTH_OIDC_ROLE_MAP: 'staff=reviewer,dba=admin',
    };
  });
  const token = new URL(await setUpAddress(howdah)).hash.slice(1);
  const request = await playwright.request.newContext();
  const data = { token, username: 'first', password: 'a long one of mine' };
  expect((await request.post(`${howdah.url}/api/v1/setup`, { data })).status()).toBe(204);
  const csrf = await request.get(`${howdah.url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  await request.post(`${howdah.url}/api/auth/callback/credentials`, {
    form: { username: data.username, password: data.password, csrfToken, json: 'true' },
  });
  const invited = await request.post(`${howdah.url}/api/v1/users`, {
    data: { username: 'the-new-one', role: 'reviewer' },
    headers: { origin: howdah.url },
  });
  invitation = ((await invited.json()) as { link: { path: string } }).link.path;
  await request.dispose();
});
test.afterAll(async () => {
  await howdah.stop();
  await provider.close();
});

async function signInAs(page: Page, subject: string, path = '/'): Promise<void> {
  await page.goto(`${howdah.url}${path}`);
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await expect(page.getByRole('heading', { name: 'Provider' })).toBeVisible();
  await page.getByLabel('Subject').fill(subject);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('whom the provider gives a role comes in, to the page that was asked for', async ({ page }) => {
  await signInAs(page, 'alice', '/settings/profile');
  await expect(page).toHaveURL(`${howdah.url}/settings/profile`);
  await expect(page.getByRole('main')).toContainText('You are signed in as alice. Your user role is admin.');
  await expect(page.getByLabel('Current password')).toHaveCount(0);
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === 'next-auth.session-token');
  expect(session).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    value: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('whom it gives none is told so', async ({ page }) => {
  await signInAs(page, 'bob');
  await expect(page).toHaveURL((url) => url.pathname === '/sign-in');
  await expect(page.getByRole('region', { name: 'Example ID' }).getByRole('alert')).toHaveText(
    'Example ID gives you no role in Howdah. Ask an admin which group you need.',
  );
});

test('a name that is taken is not taken over', async ({ page }) => {
  await signInAs(page, 'mallory', '/settings/profile');
  await expect(page.getByRole('main')).toContainText(
    /signed in as first-[0-9a-f]{8}\. Your user role is reviewer/,
  );
});

test('an invitation is accepted by signing in there, and that person is the invited user from then on', async ({
  page,
}) => {
  await page.goto(`${howdah.url}${invitation}`);
  await expect(page.getByText('You are invited as the-new-one')).toBeVisible();
  await page.getByRole('button', { name: 'Accept with Example ID' }).click();
  await page.getByLabel('Subject').fill('carol');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL((url) => url.origin === howdah.url && url.pathname === '/');
  await page.goto(`${howdah.url}/settings/profile`);
  await expect(page.getByRole('main')).toContainText('You are signed in as the-new-one.');
  await page.context().clearCookies();
  await page.goto(`${howdah.url}/`);
  await page.goto(`${howdah.url}${invitation}`);
  await expect(page.getByRole('alert').filter({ hasText: 'This link is not valid' })).toBeVisible();
});
