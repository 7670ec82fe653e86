import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** What the provider says about a person, by their subject. */
export type People = Record<string, Record<string, unknown>>;

export type IdentityProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who there is; may be changed while it runs. */
  people: People;
  close(): Promise<void>;
};

/**
 * An OpenID Connect provider for tests, on a free port of this machine: PKCE, state and nonce are asked of its one client.
 * Its sign-in page takes a subject and no password.
 */
export async function openIdentityProvider(redirectUri: string, people: People): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { client_id: 'howdah', client_secret: 'a secret of the tests only' };
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [redirectUri] }],
    claims: {
      openid: ['sub', 'groups'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['a key of the tests only'] },
    findAccount: (_, sub) =>
      sub in people ? { accountId: sub, claims: async () => ({ ...people[sub], sub }) } : undefined,
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ accountId: oidc.session?.accountId, clientId: client.client_id });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/')) void interact(provider, request, response);
    else void handle(request, response);
  });
  return {
    issuer,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    people,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Shows the sign-in page, and takes what it sends. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html').end(signInPage);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const accountId = new URLSearchParams(Buffer.concat(chunks).toString()).get('subject') ?? '';
  await provider.interactionFinished(request, response, { login: { accountId } });
}

const signInPage = `<!doctype html><title>Provider</title><h1>Provider</h1>
<form method="post"><label>Subject <input name="subject"></label> <button>Continue</button></form>`;
