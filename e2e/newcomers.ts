import type { APIRequestContext } from '@playwright/test';
import { postCredentials } from './accounts';
import { sameOrigin } from './api';
import { expect } from './fixtures';

export const newPassword = 'a password of a newcomer';

type NewUser = {
  username: string;
  role: 'reviewer' | 'developer' | 'admin';
  level?: 'read' | 'write' | 'owner';
};

/** Makes a user of a test's own: invited by an admin, and accepted. Answers their id. */
export async function makeUser(admin: APIRequestContext, user: NewUser): Promise<string> {
  const { username, role, level } = user;
  const servers = level === undefined ? [] : [{ server: 'demo', level }];
  const data = { username, role, servers };
  const invited = await admin.post('/api/v1/users', { data, headers: sameOrigin });
  expect(invited.status()).toBe(200);
  const { user: made, link } = (await invited.json()) as { user: { id: string }; link: { path: string } };
  const accepted = await admin.post('/api/v1/invites/accept', {
    data: { token: link.path.split('#')[1], password: newPassword },
  });
  expect(accepted.status()).toBe(200);
  return made.id;
}

/** Signs a user of makeUser() in, in the browser that the request belongs to. */
export async function enter(request: APIRequestContext, username: string): Promise<void> {
  await postCredentials(request, { username, password: newPassword });
}
