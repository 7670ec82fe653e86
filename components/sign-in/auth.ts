/** Next-auth's own way to sign in and out, without its client library. */

export type SignInOutcome = 'signed-in' | 'wrong' | 'limited' | 'unreachable' | 'failed';

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
    return error instanceof TypeError ? 'unreachable' : 'failed';
  }
}

async function outcomeOf(response: Response): Promise<SignInOutcome> {
  if (response.status === 429) return 'limited';
  if (response.status >= 500) return 'failed';
  const { url } = (await response.json()) as { url?: string };
  const params = new URL(url ?? '/', location.origin).searchParams;
  const error = params.get('error');
  if (error === 'CredentialsSignin') return 'wrong';
  if (error === 'limited') return 'limited';
  return response.ok && !error && !params.has('csrf') ? 'signed-in' : 'failed';
}

/** Ends the session; false when Howdah could not be told. */
export async function signOut(): Promise<boolean> {
  return post('/api/auth/signout', { callbackUrl: '/sign-in' }).then(
    (response) => response.ok,
    () => false,
  );
}
