export type Answer = { status: number; location: string | null; text: string; setCookies: string[] };

/** A browser as far as cookies go: it keeps them by host, and follows no redirect by itself. */
export function createCookieClient(headers: Record<string, string> = {}) {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };

  async function send(url: string, form: Record<string, string> | null = null): Promise<Answer> {
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...headers, ...(cookie === '' ? {} : { cookie }) },
      ...(form === null ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) keep(jar, line);
    const location = response.headers.get('location');
    return {
      status: response.status,
      location: location === null ? null : new URL(location, url).href,
      text: await response.text(),
      setCookies,
    };
  }

  return { send, cookiesOf: jarOf };
}

export type CookieClient = ReturnType<typeof createCookieClient>;

function keep(jar: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === '' || /;\s*max-age=0/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}

/** Signs in with a password next-auth's way; answers the error in the address that it leads to, or null. */
export async function signInWith(
  client: CookieClient,
  base: string,
  fields: { username: string; password: string; callbackUrl?: string },
): Promise<{ error: string | null; url: string; setCookies: string[] }> {
  const { csrfToken } = JSON.parse((await client.send(`${base}/api/auth/csrf`)).text) as {
    csrfToken: string;
  };
  const form = { callbackUrl: '/', ...fields, csrfToken, json: 'true' };
  const answer = await client.send(`${base}/api/auth/callback/credentials`, form);
  const { url } = JSON.parse(answer.text) as { url: string };
  return { error: new URL(url, base).searchParams.get('error'), url, setCookies: answer.setCookies };
}
