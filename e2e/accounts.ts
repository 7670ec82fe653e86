import type { APIRequestContext, Page, PlaywrightWorkerArgs } from '@playwright/test';

/** The demo's accounts are named as their roles. */
export const roles = ['admin', 'developer', 'reviewer'] as const;
export type Role = (typeof roles)[number];

export type SignedIn = Awaited<ReturnType<APIRequestContext['storageState']>>;

type Place = { baseUrl: string; password: string };

/** Signs in next-auth's own way, without a page. Answers the cookies. */
export async function signInByApi(
  { request }: PlaywrightWorkerArgs['playwright'],
  { baseUrl, password }: Place,
  role: Role,
): Promise<SignedIn> {
  const context = await request.newContext({ baseURL: baseUrl });
  await postCredentials(context, { username: role, password });
  const state = await context.storageState();
  await context.dispose();
  return state;
}

/** Answers the address that next-auth would send the browser to; a session's cookie is kept by `context`. */
export async function postCredentials(
  context: APIRequestContext,
  fields: { username: string; password: string; callbackUrl?: string },
): Promise<string> {
  const { csrfToken } = (await (await context.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { ...fields, csrfToken, json: 'true' };
  const answer = await context.post('/api/auth/callback/credentials', { form });
  return ((await answer.json()) as { url: string }).url;
}

/** Fills in the form of the sign-in page, as a person does. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
