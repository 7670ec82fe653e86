/** Next-auth's own way to sign in and out, without its client library. */

/** What came of signing in; `limited` says in the server's words how long to wait. */
export type SignInOutcome =
  | { is: 'signed-in' | 'wrong' | 'unreachable' | 'failed' }
  | { is: 'limited'; why: string };

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const csrf = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return fetch(path, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) });
}

/** Tries a user name and a password; on success the session cookie is set. */
export async function signIn(
  username: string,
  password: string,
  callbackUrl: string,
): Promise<SignInOutcome> {
  try {
    return await outcomeOf(await post('/api/auth/callback/credentials', { username, password, callbackUrl }));
  } catch (error) {
    return { is: error instanceof TypeError ? 'unreachable' : 'failed' };
  }
}

async function outcomeOf(response: Response): Promise<SignInOutcome> {
  if (response.status >= 500) return { is: 'failed' };
  const { url } = (await response.json()) as { url?: string };
  const params = new URL(url ?? '/', location.origin).searchParams;
  const error = params.get('error');
  if (error === 'CredentialsSignin') return { is: 'wrong' };
  if (error?.startsWith('limited: ')) return { is: 'limited', why: error.slice('limited: '.length) };
  return { is: response.ok && !error && !params.has('csrf') ? 'signed-in' : 'failed' };
}

/** Where the browser goes to sign in with the identity provider; null where Howdah can't reach it. */
export async function providerAddress(callbackUrl: string): Promise<string | null> {
  try {
    const { url } = (await (await post('/api/auth/signin/oidc', { callbackUrl })).json()) as { url?: string };
    // Back to our own pages it sends whoever it could not send to the provider.
    return url === undefined || new URL(url, location.origin).origin === location.origin ? null : url;
  } catch {
    return null;
  }
}

/** Ends the session; false when Howdah could not be told. */
export async function signOut(): Promise<boolean> {
  return post('/api/auth/signout', { callbackUrl: '/sign-in' }).then(
    (response) => response.ok,
    () => false,
  );
}
