import http from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A signed-in session with Howdah for scripts: keep-alive connections, no browser. */
export type ApiClient = {
  /** Sends a request and answers its status, headers and body as a stream. */
  request(method: string, path: string, body?: object): Promise<http.IncomingMessage>;
  /** Sends a request and reads its whole body as text. */
  text(method: string, path: string, body?: object): Promise<{ status: number; text: string }>;
  /** Posts what a source yields as a file of a type, and reads the answer's whole body as text. */
  upload(path: string, type: string, source: Readable): Promise<{ status: number; text: string }>;
  close(): void;
};

/** Signs in as next-auth wants it. Throws when the password is not taken. */
export async function signIn(baseUrl: string, username: string, password: string): Promise<ApiClient> {
  const csrf = await fetch(`${baseUrl}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${baseUrl}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(csrf) },
    body: new URLSearchParams({ csrfToken, username, password, json: 'true' }),
  });
  const session = cookiesOf(answer);
  if (!session.includes('session-token')) throw new Error(`${username} could not sign in: ${answer.status}`);
  return createClient(baseUrl, session);
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

function createClient(baseUrl: string, cookie: string): ApiClient {
  const agent = new http.Agent({ keepAlive: true });
  const request: ApiClient['request'] = (method, path, body) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const headers = { cookie, origin: baseUrl, ...(payload && { 'content-type': 'application/json' }) };
      const call = http.request(`${baseUrl}${path}`, { method, agent, headers }, resolve);
      call.on('error', reject);
      call.end(payload);
    });
  return {
    request,
    text: async (method, path, body) => readText(await request(method, path, body)),
    async upload(path, type, source) {
      const headers = { cookie, origin: baseUrl, 'content-type': type };
      const call = http.request(`${baseUrl}${path}`, { method: 'POST', agent, headers });
      const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
        call.on('response', resolve).on('error', reject);
      });
      await pipeline(source, call);
      return readText(await answered);
    },
    close: () => agent.destroy(),
  };
}

async function readText(response: http.IncomingMessage): Promise<{ status: number; text: string }> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode ?? 0, text };
}
