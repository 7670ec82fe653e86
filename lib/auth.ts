import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { audited, recordEvent, recordRefusal } from './audited';
import { env } from './env';
import { AppError } from './errors';
import { nowhere, originOf } from './origin';
import { hasPermission, type Permission } from './permissions';
import type { Actor, Origin } from './server';
import type { Doer } from './store/audit-log';
import { findSessionActor, openSession, revokeSession, sessionSeconds } from './store/sessions';
import { type Attempted, findUserByPassword } from './store/users';

/** The two names of next-auth's session cookie: behind TLS, and without. */
const cookieNames = ['__Secure-next-auth.session-token', 'next-auth.session-token'] as const;

/**
 * next-auth with one change: the cookie holds no claims, only the token of a row in `sessions`. So a session
 * can be revoked, and a changed role counts from the next request on.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().HOWDAH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [Credentials({ credentials: { username: {}, password: {} }, authorize: authorizeUser })],
    jwt: {
      encode: async ({ token }) => String(token?.sessionToken ?? ''),
      decode: async ({ token }) =>
        token !== undefined && (await findSessionActor(token, nowhere)) ? { sessionToken: token } : null,
    },
    callbacks: {
      jwt: async ({ token, user }) => (user === undefined ? token : { sessionToken: user.id }),
      session: async ({ session, token }) => {
        const actor = await findSessionActor(String(token.sessionToken), nowhere);
        return { ...session, user: { name: actor?.username ?? null } };
      },
      redirect: async ({ url, baseUrl }) => (isSameOrigin(url, baseUrl) ? url : baseUrl),
    },
    events: { signOut: async ({ token }) => signOut(String(token?.sessionToken ?? '')) },
  };
}

type RequestHeaders = { headers?: Record<string, string | undefined> };

/** Answers a new session's token in `id`: next-auth hands nothing else on to its jwt callback. */
async function authorizeUser(
  credentials: { username?: string; password?: string } | undefined,
  { headers = {} }: RequestHeaders,
): Promise<{ id: string } | null> {
  const { username = '', password = '' } = credentials ?? {};
  if (username.includes('\0') || password.includes('\0')) return null;
  const origin = originOf({ get: (name) => headers[name] ?? null });
  const user = await findUserByPassword(username, password);
  if (user.userId === null) {
    await recordEvent(asDoer(user, origin), signIn, { result: 'refused', errorCode: 'unauthenticated' });
    return null;
  }
  await recordEvent(asDoer(user, origin), signIn, { result: 'succeeded' });
  return { id: await openSession(user.userId, origin) };
}

const signIn = { action: 'session.sign-in', subject: { kind: 'session', name: 'by password' } } as const;

/** Whatever was typed for a name that nobody has may be a password: it is not recorded. */
function asDoer({ userId, username }: Attempted, origin: Origin): Doer {
  return { userId, username: username ?? 'unknown user', via: 'sign_in', origin };
}

async function signOut(token: string): Promise<void> {
  const actor = await findSessionActor(token, nowhere);
  if (actor === null) return;
  const event = { action: 'session.sign-out', subject: { kind: 'session', name: actor.sessionId } } as const;
  await audited(actor, event, () => revokeSession(token));
}

function isSameOrigin(url: string, baseUrl: string): boolean {
  return URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === baseUrl;
}

/** What of a request tells who sends it, and to which entry: `GET /api/v1/servers`. */
export type Caller = {
  what: string;
  cookies: { get(name: string): { value: string } | undefined };
  headers: { get(name: string): string | null };
};

/**
 * Who is signed in, or null. Shows a name; it authorises nothing. `server` as for requireActor(). Throws AppError
 * `unreachable`.
 */
export async function currentActor(
  { cookies, headers }: Omit<Caller, 'what'>,
  server?: string,
): Promise<Actor | null> {
  const token = cookieNames.map((name) => cookies.get(name)?.value).find(Boolean);
  if (token === undefined) return null;
  try {
    return await findSessionActor(token, originOf(headers), server);
  } catch (cause) {
    throw new AppError('unreachable', 'Howdah cannot reach its store, so nobody can be signed in.', {
      hint: 'Check it with: npm run check',
      cause,
    });
  }
}

/**
 * The only maker of an Actor that may act. `server` is the slug of the server that the request is about, which is read
 * along with the session. Throws AppError: `unauthenticated` without a living session,
 * `forbidden` without the permission, `unreachable` without the store.
 */
export async function requireActor(permission: Permission, caller: Caller, server?: string): Promise<Actor> {
  const actor = await currentActor(caller, server);
  if (actor === null) {
    throw new AppError('unauthenticated', 'You are not signed in, or your session has ended.', {
      hint: 'Sign in again.',
    });
  }
  if (hasPermission(actor.role, permission)) return actor;
  const refusal = new AppError(
    'forbidden',
    `The user role ${actor.role} lacks the permission "${permission}".`,
  );
  await recordRefusal(actor, caller.what, refusal);
  throw refusal;
}
