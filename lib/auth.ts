import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { recordRefusal } from './audited';
import { env } from './env';
import { AppError } from './errors';
import { nowhere, originOf } from './origin';
import { hasPermission, type Permission, sessionOnly } from './permissions';
import { admitByClaims, oidcProvider, oidcProviderId, openOidcSession } from './run-oidc';
import { endPreviousSession, endSession, signInByPassword } from './run-sign-in';
import { throttled, tokenRules } from './run-throttled';
import type { Actor } from './server';
import { findKeyActor } from './store/api-keys';
import { findSessionActor, sessionSeconds } from './store/sessions';

/** The two names of next-auth's session cookie: behind TLS, and without. */
const cookieNames = ['__Secure-next-auth.session-token', 'next-auth.session-token'] as const;

/**
 * next-auth with one change: the cookie holds no claims, only the token of a row in `sessions`. So a session
 * can be revoked, and a changed role counts from the next request on. `headers` are those of the request.
 */
export function authOptions(headers: Caller['headers']): NextAuthOptions {
  const oidc = oidcProvider();
  return {
    secret: env().HOWDAH_SECRET,
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { username: {}, password: {} },
        authorize: async (given) => signInByPassword(given ?? {}, headers).catch(tellThePage),
      }),
      ...(oidc === null ? [] : [oidc]),
    ],
    jwt: {
      encode: async ({ token }) => String(token?.sessionToken ?? ''),
      decode: async ({ token }) =>
        token !== undefined && (await findSessionActor(token, nowhere)) ? { sessionToken: token } : null,
    },
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.provider !== oidcProviderId) return true;
        const refusal = await admitByClaims({ ...profile }, headers);
        if (refusal !== null) throw new Error(refusal);
        return true;
      },
      jwt: async ({ token, user, account, profile }) => {
        if (user === undefined) return token;
        if (account?.provider !== oidcProviderId) return { sessionToken: user.id };
        await endPreviousSession(headers);
        return { sessionToken: await openOidcSession({ ...profile }, headers) };
      },
      session: async ({ session, token }) => {
        const actor = await findSessionActor(String(token.sessionToken), nowhere);
        return { ...session, user: { name: actor?.username ?? null } };
      },
      redirect: async ({ url, baseUrl }) => (isSameOrigin(url, baseUrl) ? url : baseUrl),
    },
    events: { signOut: async ({ token }) => endSession(String(token?.sessionToken ?? '')) },
  };
}

/** next-auth hands the text of an error on to the page, in its address: so it must be meant for everybody. */
function tellThePage(error: unknown): never {
  if (error instanceof AppError && error.code === 'limited') throw new Error(`limited: ${error.message}`);
  console.error('howdah: somebody could not sign in', error);
  throw new Error('failed');
}

function isSameOrigin(url: string, baseUrl: string): boolean {
  return URL.canParse(url, baseUrl) && new URL(url, baseUrl).origin === baseUrl;
}

/** What of a request tells who sends it, and to which entry: `GET /api/v1/servers`. Pages take no `key`. */
export type Caller = {
  what: string;
  key?: string | null;
  cookies: { get(name: string): { value: string } | undefined };
  headers: { get(name: string): string | null };
};

/**
 * Who is signed in, or null. Shows a name; it authorises nothing. `server` as for requireActor(). Throws AppError
 * `unreachable`.
 */
export async function currentActor(
  { cookies, headers }: Pick<Caller, 'cookies' | 'headers'>,
  server?: string,
): Promise<Actor | null> {
  const token = cookieNames.map((name) => cookies.get(name)?.value).find(Boolean);
  if (token === undefined) return null;
  try {
    return await findSessionActor(token, originOf(headers), server);
  } catch (cause) {
    throw storeAway(cause);
  }
}

/**
 * The only maker of an Actor that may act. `server` is the slug of the server that the request is about, which is read
 * along with the session. An API key counts where the caller offers `keys`, and then nothing but the key. Throws AppError:
 * `unauthenticated` without a living session or key, `forbidden` without the permission, `limited` after many wrong keys,
 * `unreachable` without the store.
 */
export async function requireActor(permission: Permission, caller: Caller, server?: string): Promise<Actor> {
  const key = caller.key ?? null;
  const actor = key === null ? await currentActor(caller, server) : await actorOfKey(key, caller);
  if (actor === null) throw key === null ? notSignedIn() : wrongKey();
  const refusal = refusalOf(actor, permission);
  if (refusal === null) return actor;
  await recordRefusal(actor, caller.what, refusal);
  throw refusal;
}

/** What a request offers as its API key, whatever it is; null where it offers none. Other schemes are a proxy's affair. */
export function keyOf(headers: Caller['headers']): string | null {
  const offered = /^bearer(?:\s+(.*))?$/i.exec(headers.get('authorization')?.trim() ?? '');
  return offered === null ? null : (offered[1] ?? '');
}

/** A key that is right is never slowed down: it can't be guessed, and others may share the address. */
async function actorOfKey(key: string, { headers }: Caller): Promise<Actor | null> {
  const origin = originOf(headers);
  try {
    const actor = await findKeyActor(key, origin);
    return actor ?? (await throttled(tokenRules('api-key', origin), async () => null));
  } catch (error) {
    throw error instanceof AppError ? error : storeAway(error);
  }
}

function refusalOf({ role, key }: Actor, permission: Permission): AppError | null {
  if (!hasPermission(role, permission)) {
    return new AppError('forbidden', `The user role ${role} lacks the permission "${permission}".`);
  }
  if (key === undefined || !sessionOnly.includes(permission)) return null;
  return new AppError('forbidden', `No API key has the permission "${permission}".`, {
    hint: 'Sign in for this: a key must not be able to make further keys, users or sessions.',
  });
}

function notSignedIn(): AppError {
  return new AppError('unauthenticated', 'You are not signed in, or your session has ended.', {
    hint: 'Sign in again.',
  });
}

function wrongKey(): AppError {
  return new AppError('unauthenticated', 'The API key is not valid: unknown, expired or revoked.', {
    hint: 'Make a new one in Settings → API keys.',
  });
}

function storeAway(cause: unknown): AppError {
  return new AppError('unreachable', 'Howdah cannot reach its store, so nobody can be signed in.', {
    hint: 'Check it with: npm run check',
    cause,
  });
}
