import 'server-only';
import { audited, recordEvent } from './audited';
import { AppError } from './errors';
import { nowhere, originOf } from './origin';
import { signInRules, throttled } from './run-throttled';
import type { Origin } from './server';
import type { Doer } from './store/audit-log';
import { findSessionActor, hasSignedInFrom, openSession, revokeSession } from './store/sessions';
import { type Attempted, findUserByPassword } from './store/users';

type Headers = { get(name: string): string | null };
type Credentials = { username?: string; password?: string };

/**
 * Opens a session for a name and a password, and answers its token in `id`: next-auth hands nothing else on to its jwt
 * callback. Null where they are wrong, in the same time and words for a name that nobody has. Throws AppError `limited`.
 */
export async function signInByPassword(
  { username = '', password = '' }: Credentials,
  headers: Headers,
): Promise<{ id: string } | null> {
  if (username.includes('\0') || password.includes('\0')) return null;
  const origin = originOf(headers);
  const rules = signInRules(username, origin, await hasSignedInFrom(username, origin.address));
  const userId = await throttled(rules, () => tryPassword(username, password, origin)).catch(refused(origin));
  if (userId === null) return null;
  await endPreviousSession(headers);
  return { id: await openSession(userId, origin) };
}

/** Whoever signs in anew leaves the session that the browser had: a cookie that was planted or copied dies. */
export async function endPreviousSession(headers: Headers): Promise<void> {
  const cookies = headers.get('cookie') ?? '';
  const token = /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token=([^;]+)/.exec(cookies)?.[1];
  if (token !== undefined) await endSession(token);
}

async function tryPassword(username: string, password: string, origin: Origin): Promise<string | null> {
  const user = await findUserByPassword(username, password);
  const isRight = user.userId !== null;
  await recordEvent(asDoer(user, origin), signIn, {
    result: isRight ? 'succeeded' : 'refused',
    ...(isRight ? {} : { errorCode: 'unauthenticated' }),
  });
  return user.userId;
}

const signIn = { action: 'session.sign-in', subject: { kind: 'session', name: 'by password' } } as const;

function refused(origin: Origin) {
  return async (error: unknown): Promise<never> => {
    if (error instanceof AppError && error.code === 'limited') {
      const nobody = { userId: null, username: null };
      await recordEvent(asDoer(nobody, origin), signIn, { result: 'refused', errorCode: 'limited' });
    }
    throw error;
  };
}

/** Whatever was typed for a name that nobody has may be a password: it is not recorded. */
function asDoer({ userId, username }: Attempted, origin: Origin): Doer {
  return { userId, username: username ?? 'unknown user', via: 'sign_in', origin };
}

/** Ends the session of a token, if it lives. */
export async function endSession(token: string): Promise<void> {
  const actor = await findSessionActor(token, nowhere);
  if (actor === null) return;
  const event = { action: 'session.sign-out', subject: { kind: 'session', name: actor.sessionId } } as const;
  await audited(actor, event, () => revokeSession(token));
}
