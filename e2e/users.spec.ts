import { randomUUID } from 'node:crypto';
import { signIn } from './accounts';
import { postQuery, sameOrigin } from './api';
import { stateOf, waitForSleeper } from './backends';
import { expect, test } from './fixtures';
import { enter, makeUser, newPassword } from './newcomers';
import { awake } from './shell';

const aName = () => `newcomer-${randomUUID().slice(0, 8)}`;

test('who is invited chooses a password, sees what was granted, and is out when disabled', async ({
  admin,
  openPage,
  server,
}) => {
  const username = aName();
  await admin.goto('/settings');
  await expect(admin).toHaveURL('/settings/users');
  await awake(admin);
  await admin.getByRole('button', { name: 'Invite a user' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('User name').fill(username);
  await dialog.getByLabel('Level on Demo').selectOption('read');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const address = await dialog.getByLabel(`One-time link for ${username}`).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(admin.getByRole('row', { name: new RegExp(`^${username}.*Invited`) })).toBeVisible();
  await expect(admin.getByRole('main')).not.toContainText(new URL(address).hash.slice(1));

  const page = await openPage();
  await page.goto(address);
  await expect(page.getByText(`You are invited as ${username}`)).toBeVisible();
  await page.getByLabel('Password').fill(newPassword);
  await page.getByRole('button', { name: 'Set the password and sign in' }).click();
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('region', { name: 'Demo' })).toContainText('Your level read');
  await page.goto('/settings');
  await expect(page).toHaveURL('/settings/profile');
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText([
    'API keys',
    'Profile',
  ]);
  await page.goto('/settings/users');
  await expect(page.getByRole('main')).toContainText('lacks the permission "manage-users"');
  expect((await postQuery(page.request, { sql: 'select 1', level: 'write' })).status()).toBe(403);

  const running = postQuery(page.request, { sql: `select pg_sleep(60), '${username}'` });
  const backend = await waitForSleeper(server, username);
  await admin.getByRole('link', { name: username }).click();
  await admin.getByRole('button', { name: 'Disable…' }).click();
  await admin.getByRole('button', { name: `Disable ${username}` }).click();
  await expect(admin.getByRole('heading', { name: username })).toContainText('Disabled');
  expect(await (await running).text()).toContain('"type":"error"');
  await expect.poll(() => stateOf(server, backend)).toMatch(/^(idle|gone)$/);
  await page.goto('/');
  await expect(page).toHaveURL((url) => url.pathname === '/sign-in');
  await signIn(page, username, newPassword);
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveText(
    'The user name or the password is wrong.',
  );
});

test('a link that was used, or is not whole, says so', async ({ admin, page }) => {
  const data = { username: aName(), role: 'reviewer' };
  const { link } = (await (
    await admin.request.post('/api/v1/users', { data, headers: sameOrigin })
  ).json()) as { link: { id: string; path: string } };
  await admin.request.delete(`/api/v1/invites/${link.id}`, { headers: sameOrigin });
  await page.goto(link.path);
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toContainText('This link is not valid');
  await page.goto('/invite');
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toContainText('This address is not whole');
});

test('the last admin is not disabled, and the page says why', async ({ admin }) => {
  await admin.goto('/settings/users');
  await admin.getByRole('link', { name: 'admin', exact: true }).click();
  await awake(admin);
  await admin.getByRole('button', { name: 'Disable…' }).click();
  await admin.getByRole('button', { name: 'Disable admin' }).click();
  await expect(admin.getByRole('dialog').getByRole('alert')).toContainText(
    'This is the last admin who can sign in',
  );
});

test('S08: five wrong passwords make the right one wait', async ({ admin, page }) => {
  const username = aName();
  await makeUser(admin.request, { username, role: 'reviewer' });
  await page.goto('/sign-in');
  const alert = page.getByRole('alert').filter({ hasText: /\S/ });
  for (let each = 0; each < 12; each += 1) {
    await signIn(page, username, each === 11 ? newPassword : `wrong number ${each}`);
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
    if (/Too many tries/.test((await alert.textContent()) ?? '')) break;
  }
  await expect(alert).toHaveText(/^Too many tries have failed\. Try again in \d+ seconds?\.$/);
});

test('a key that was made lets a script in until it is revoked', async ({ admin, openPage, playwright }) => {
  const username = aName();
  await makeUser(admin.request, { username, role: 'developer', level: 'write' });
  const page = await openPage();
  await enter(page.request, username);
  await page.goto('/settings/api-keys');
  await awake(page);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Name').fill('nightly report');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByLabel('API key', { exact: true }).inputValue();
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByRole('row', { name: /^nightly report reviewer/ })).toContainText('Never');

  const script = await playwright.request.newContext({
    baseURL: new URL(page.url()).origin,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  const seen = (await (await script.get('/api/v1/servers')).json()) as { items: { level: string }[] };
  expect(seen.items.map(({ level }) => level)).toEqual(['read']);
  expect((await postQuery(script, { sql: `select '${username}'` }, {})).status()).toBe(200);
  expect((await script.post('/api/v1/api-keys', { data: { name: 'another' } })).status()).toBe(403);
  await page.goto(`/history?q=${username}`);
  await expect(page.getByRole('main')).toContainText(`select '${username}'`);

  await page.goto('/settings/api-keys');
  await awake(page);
  await page.getByRole('button', { name: 'Revoke nightly report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke nightly report' }).click();
  await expect(page.getByRole('row', { name: /^nightly report/ })).toContainText('Revoked');
  expect((await script.get('/api/v1/servers')).status()).toBe(401);
  await script.dispose();
});

test('a changed password ends the other sessions, and a zone changes the times', async ({
  admin,
  openPage,
}) => {
  const username = aName();
  await makeUser(admin.request, { username, role: 'reviewer', level: 'read' });
  const [page, other] = [await openPage(), await openPage()];
  await enter(page.request, username);
  await enter(other.request, username);
  await page.goto('/settings/profile');
  await awake(page);
  await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row')).toHaveCount(3);
  await page.getByLabel('Current password').fill(newPassword);
  await page.getByLabel('New password').fill('another one that is long');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Changed. Your other sessions have ended.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row')).toHaveCount(2);
  expect((await other.request.get('/api/v1/servers')).status()).toBe(401);

  const time = page.getByRole('table', { name: 'Sessions' }).locator('time');
  const stored = new Date((await time.getAttribute('datetime')) ?? '');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Save' }).click();
  const inTokyo = new Date(stored.getTime() + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  await expect(time).toHaveText(inTokyo);
});
