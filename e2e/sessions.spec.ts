import { postCredentials, roles } from './accounts';
import { expect, settings, test } from './fixtures';

test('S12: the cookie of a session is for Howdah alone, and new at each sign-in', async ({ playwright }) => {
  const values: string[] = [];
  for (let each = 0; each < 2; each += 1) {
    const context = await playwright.request.newContext({ baseURL: settings.baseUrl });
    const planted = { name: 'next-auth.session-token', value: 'chosen-by-somebody-else' };
    const headers = { cookie: `${planted.name}=${planted.value}` };
    expect((await context.get('/api/v1/servers', { headers })).status()).toBe(401);
    await postCredentials(context, { username: 'developer', password: settings.password });
    const { cookies } = await context.storageState();
    const cookie = cookies.find(({ name }) => name.endsWith('session-token'));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie?.secure).toBe(settings.baseUrl.startsWith('https:'));
    values.push(cookie?.value ?? '');
    await context.dispose();
  }
  expect(new Set([...values, 'chosen-by-somebody-else']).size).toBe(3);
});

test('S12: people who sign in at once each get their own session', async ({ playwright }) => {
  const people = Array.from({ length: 12 }, (_, index) => roles[index % roles.length] ?? 'reviewer');
  const names = await Promise.all(
    people.map(async (username) => {
      const context = await playwright.request.newContext({ baseURL: settings.baseUrl });
      await postCredentials(context, { username, password: settings.password });
      const { user } = (await (await context.get('/api/auth/session')).json()) as { user?: { name: string } };
      await context.dispose();
      return user?.name;
    }),
  );
  expect(names).toEqual(people);
});

for (const target of [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'http:evil.example',
]) {
  test(`S09: neither signing in nor out leads to ${target}`, async ({ playwright }) => {
    const context = await playwright.request.newContext({ baseURL: settings.baseUrl });
    const origin = new URL(settings.baseUrl).origin;
    const after = await postCredentials(context, {
      username: 'reviewer',
      password: settings.password,
      callbackUrl: target,
    });
    expect(new URL(after, settings.baseUrl).origin).toBe(origin);
    const { csrfToken } = (await (await context.get('/api/auth/csrf')).json()) as { csrfToken: string };
    const form = { csrfToken, callbackUrl: target, json: 'true' };
    const out = (await (await context.post('/api/auth/signout', { form })).json()) as { url: string };
    expect(new URL(out.url, settings.baseUrl).origin).toBe(origin);
    await context.dispose();
  });
}

test('S10: next-auth takes no form without its own token, nor one that is too large', async ({
  playwright,
  signedIn,
}) => {
  const context = await playwright.request.newContext({
    baseURL: settings.baseUrl,
    storageState: signedIn.reviewer,
  });
  await context.post('/api/auth/signout', { form: { csrfToken: 'made-up', json: 'true' } });
  expect((await context.get('/api/v1/servers')).status()).toBe(200);
  const large = await context.post('/api/auth/callback/credentials', {
    form: { username: 'a'.repeat(100_000) },
  });
  expect(large.status()).toBe(413);
  await context.dispose();
});
