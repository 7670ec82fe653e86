import 'server-only';
import { audited, recordEvent } from './audited';
import { env } from './env';
import { AppError } from './errors';
import { throttled, tokenRules } from './run-throttled';
import type { Origin } from './server';
import { insertLink } from './store/one-time-links';
import { hashPassword } from './store/passwords';
import { insertFirstAdmin, isSetUpDue, isSetUpToken } from './store/set-up';

/**
 * While the store has no user, prints a one-time address on the console: whoever reads it may make the first admin. Each
 * start and each instance prints one of its own.
 */
export async function offerSetUp(): Promise<void> {
  if (!(await isSetUpDue())) return;
  const { path, expires_at } = await insertLink({ kind: 'setup', userId: null, createdBy: null });
  const { NEXTAUTH_URL: url, PORT: port } = env();
  console.log(`
  Howdah has no user yet. Make the first admin at

    ${new URL(path, url ?? `http://localhost:${port}`).href}

  The address works once, until ${expires_at}. Starting Howdah again prints another one.
`);
}

/** Whether set-up is due, as pages show it: not while the store can't be asked. */
export async function isSetUpOpen(): Promise<boolean> {
  return isSetUpDue().catch(() => false);
}

function gone(): AppError {
  return new AppError('not_found', 'There is nothing here.');
}

export type FirstAdminRequest = { token: string; username: string; name: string | null; password: string };

/**
 * Makes the first admin with the token of the console. Throws AppError: `not_found` once there is a user,
 * `unauthenticated` for a wrong token, `limited`.
 */
export async function setUp(request: FirstAdminRequest, origin: Origin): Promise<void> {
  const { token, username, name, password } = request;
  const isRight = await throttled(tokenRules('set-up', origin), async () =>
    (await isSetUpToken(token)) ? true : null,
  );
  if (isRight === null) throw await refused(origin);
  const passwordHash = await hashPassword(password);
  const doer = { userId: null, username, via: 'sign_in', origin } as const;
  await audited(doer, { action: 'user.set-up', subject: { kind: 'user', name: username } }, async () => {
    if ((await insertFirstAdmin(token, { username, name, passwordHash })) === null) throw gone();
  });
}

async function refused(origin: Origin): Promise<AppError> {
  const nobody = { userId: null, username: 'unknown user', via: 'sign_in', origin } as const;
  const event = { action: 'user.set-up', subject: { kind: 'user', name: 'first admin' } } as const;
  await recordEvent(nobody, event, { result: 'refused', errorCode: 'unauthenticated' });
  return new AppError('unauthenticated', 'The token is not valid: it was mistyped, used, or is too old.', {
    hint: 'Start Howdah again: it prints a new address while it has no user.',
  });
}
