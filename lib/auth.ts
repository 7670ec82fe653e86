import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { env } from './env';
import { AppError } from './errors';
import { hasPermission, type Permission } from './permissions';
import type { Actor } from './server';
import { findSessionActor, openSession, revokeSession, sessionSeconds } from './store/sessions';
import { findUserByPassword } from './store/users';

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
        token !== undefined && (await findSessionActor(token)) ? { sessionToken: token } : null,
    },
    callbacks: {
      jwt: async ({ token, user }) => (user === undefined ? token : { sessionToken: user.id }),
      session: async ({ session, token }) => {
        const actor = await findSessionActor(String(token.sessionToken));
        return { ...session, user: { name: actor?.username ?? null } };
      },
      redirect: async ({ url, baseUrl }) => (isSameOrigin(url, baseUrl) ? url : baseUrl),
    },
    events: { signOut: async ({ token }) => revokeSession(String(token?.sessionToken ?? '')) },
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
  const userId = await findUserByPassword(username, password);
  if (userId === null) return null;
  const address = headers['x-forwarded-for']?.split(',')[0]?.trim() ?? null;
  return { id: await openSession(userId, { address, userAgent: headers['user-agent'] ?? null }) };
}

function isSameOrigin(url: string, baseUrl: string): boolean {
  return URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === baseUrl;
}

type Cookies = { get(name: string): { value: string } | undefined };

/**
 * Who is signed in, or null. Shows a name; it authorises nothing. `server` as for requireActor(). Throws AppError
 * `unreachable`.
 */
export async function currentActor(cookies: Cookies, server?: string): Promise<Actor | null> {
  const token = cookieNames.map((name) => cookies.get(name)?.value).find(Boolean);
  if (token === undefined) return null;
  try {
    return await findSessionActor(token, server);
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
export async function requireActor(
  permission: Permission,
  cookies: Cookies,
  server?: string,
): Promise<Actor> {
  const actor = await currentActor(cookies, server);
  if (actor === null) {
    throw new AppError('unauthenticated', 'You are not signed in, or your session has ended.', {
      hint: 'Sign in again.',
    });
  }
  if (!hasPermission(actor.role, permission)) {
    throw new AppError('forbidden', `The user role ${actor.role} lacks the permission "${permission}".`);
  }
  return actor;
}
