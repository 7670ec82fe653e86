import { expect, test } from './fixtures';
import { type FreshHowdah, setUpAddress, startFreshHowdah } from './fresh-howdah';

let howdah: FreshHowdah;

test.beforeAll(async () => {
  howdah = await startFreshHowdah();
});
test.afterAll(() => howdah.stop());

test('S07: the console leads to the first admin, once', async ({ page, request }) => {
  const address = await setUpAddress(howdah);
  await page.goto(`${howdah.url}/history`);
  await expect(page.getByRole('heading', { name: 'Howdah has no user yet' })).toBeVisible();
  await expect(page.getByLabel('Password')).toHaveCount(0);

  expect(new URL(address).origin).toBe(howdah.url);
  await page.goto(address);
  await page.getByLabel('User name').fill('first');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Make the first admin' }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/setup');
  await page.getByLabel('Password').fill('a long one of mine');
  await page.getByRole('button', { name: 'Make the first admin' }).click();
  await expect(page).toHaveURL(`${howdah.url}/`);
  await expect(page.getByRole('link', { name: /^first/ })).toContainText('admin');

  const body = {
    token: new URL(address).hash.slice(1),
    username: 'second',
    password: 'a long one of theirs',
  };
  for (const data of [body, {}]) {
    const answer = await request.post(`${howdah.url}/api/v1/setup`, { data });
    expect([answer.status(), await answer.json()]).toEqual([
      404,
      { error: { code: 'not_found', message: 'There is nothing here.' } },
    ]);
  }
  expect((await request.get(`${howdah.url}/setup`)).status()).toBe(404);
  await page.context().clearCookies();
  await page.goto(`${howdah.url}/sign-in`);
  await expect(page.getByLabel('Password')).toBeVisible();
  expect((await howdah.console()).match(/\/setup#/g)).toHaveLength(1);
});
