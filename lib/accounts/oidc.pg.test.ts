import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type IdentityProvider, openIdentityProvider } from '@/scripts/identity-provider';
import { nowhere } from '../origin';
import { acceptLink } from '../run-links';
import { findLink } from '../store/one-time-links';
import { findSessionActor } from '../store/sessions';
import { insertInvitedUser, insertPasswordLink } from '../store/user-changes';
import { type AuthServer, openAuthServer } from '../testing/auth-server';
import { type CookieClient, createCookieClient, signInWith } from '../testing/cookie-client';
import { setEnvironment } from '../testing/environment';
import { actorOf, type Fixture, openFixture } from '../testing/fixture';

let fixture: Fixture;
let howdah: AuthServer;
let provider: IdentityProvider;

const cookie = 'next-auth.session-token';

beforeAll(async () => {
  howdah = await openAuthServer();
  provider = await openIdentityProvider(`${howdah.url}/api/auth/callback/oidc`, {
    alice: { preferred_username: 'alice', name: 'Alice', email: 'alice@example.com', groups: ['dba'] },
    bob: { preferred_username: 'bob', email: 'bob@example.com', groups: ['others'] },
    mallory: { preferred_username: 'admin', email: 'root@example.com', groups: ['staff'] },
  });
  setEnvironment({
    AUTH_TRUST_HOST: 'true',
    AUTH_OIDC_ISSUER: provider.issuer,
    AUTH_OIDC_CLIENT_ID: provider.clientId,
    AUTH_OIDC_CLIENT_SECRET: provider.clientSecret,
    AUTH_OIDC_ROLE_MAP: 'staff=reviewer,dba=admin',
  });
  fixture = await openFixture('select 1');
  await fixture.onStore.query(`update users set email = 'root@example.com' where username = 'admin'`);
});
afterAll(async () => {
  await howdah.close();
  await provider.close();
  await fixture.close();
});

/** Where the browser is sent to begin with. */
async function begin(client: CookieClient, callbackUrl = '/'): Promise<string> {
  const { csrfToken } = JSON.parse((await client.send(`${howdah.url}/api/auth/csrf`)).text) as {
    csrfToken: string;
  };
  const answer = await client.send(`${howdah.url}/api/auth/signin/oidc`, {
    csrfToken,
    callbackUrl,
    json: 'true',
  });
  return (JSON.parse(answer.text) as { url: string }).url;
}

/** Signs in at the provider as `subject`; answers the address that it sends the browser back to. */
async function passProvider(client: CookieClient, address: string, subject: string): Promise<string> {
  let next: string | null = address;
  for (let step = 0; step < 10 && next !== null; step += 1) {
    if (next.startsWith(howdah.url)) return next;
    const isForm = next.includes('/interaction/');
    next = (await client.send(next, isForm ? { subject } : null)).location;
  }
  throw new Error(`the provider led nowhere: ${next}`);
}

/** Follows Howdah's own redirects to a page. */
async function land(client: CookieClient, address: string): Promise<URL> {
  let next = new URL(address);
  while (next.pathname.startsWith('/api/auth/')) {
    const { location } = await client.send(next.href);
    if (location === null) throw new Error(`${next.href} led nowhere`);
    next = new URL(location);
  }
  return next;
}

async function signInAs(subject: string) {
  const client = createCookieClient();
  const back = await passProvider(client, await begin(client), subject);
  const page = await land(client, back);
  const token = client.cookiesOf(howdah.url).get(cookie);
  return { client, back, page, actor: token === undefined ? null : await findSessionActor(token, nowhere) };
}

describe('signing in by the identity provider', () => {
  test('asks with PKCE, state and nonce', async () => {
    const address = new URL(await begin(createCookieClient()));
    expect(address.origin).toBe(provider.issuer);
    expect(address.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(address.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    }
  });

  test('makes a user with the role of their claims, and a session that is a row of the store', async () => {
    const { actor, page, client } = await signInAs('alice');
    expect([page.pathname, page.search]).toEqual(['/', '']);
    expect(actor).toMatchObject({ username: 'alice', role: 'admin' });
    expect(client.cookiesOf(howdah.url).get(cookie)).toMatch(/^[\w-]{43}$/);
    const { rows } = await fixture.onStore.query(
      `select name, email, oidc_issuer, oidc_subject, password_hash from users where username = 'alice'`,
    );
    expect(rows).toEqual([
      {
        name: 'Alice',
        email: 'alice@example.com',
        oidc_issuer: provider.issuer,
        oidc_subject: 'alice',
        password_hash: null,
      },
    ]);
  });

  test('takes the role anew each time; it holds for the session before too', async () => {
    const before = await signInAs('alice');
    provider.people.alice = { ...provider.people.alice, groups: ['staff'] };
    const after = await signInAs('alice');
    expect(after.actor).toMatchObject({ userId: before.actor?.userId, role: 'reviewer' });
    const token = before.client.cookiesOf(howdah.url).get(cookie) ?? '';
    expect(await findSessionActor(token, nowhere)).toMatchObject({ role: 'reviewer' });
  });

  test('refuses who has no role, with a word that the page explains, and makes no user', async () => {
    const { actor, page } = await signInAs('bob');
    expect([actor, page.pathname, page.searchParams.get('error')]).toEqual([null, '/sign-in', 'oidc-role']);
    const { rows } = await fixture.onStore.query(`select from users where username = 'bob'`);
    expect(rows).toHaveLength(0);
  });

  test('refuses who is disabled', async () => {
    await fixture.onStore.query(`update users set disabled_at = now() where username = 'alice'`);
    const { actor, page } = await signInAs('alice');
    expect([actor, page.searchParams.get('error')]).toEqual([null, 'oidc-disabled']);
    await fixture.onStore.query(`update users set disabled_at = null where username = 'alice'`);
  });

  test('takes over nobody of the same name or address, however often', async () => {
    const { rows: before } = await fixture.onStore.query(`select * from users where username = 'admin'`);
    const [first, second] = [await signInAs('mallory'), await signInAs('mallory')];
    expect(first.actor).toMatchObject({
      role: 'reviewer',
      username: expect.stringMatching(/^admin-[0-9a-f]{8}$/),
    });
    expect(second.actor?.userId).toBe(first.actor?.userId);
    expect(first.actor?.userId).not.toBe(before[0].id);
    const { rows: after } = await fixture.onStore.query(`select * from users where username = 'admin'`);
    expect(after).toEqual(before);
  });

  test('knows a person by issuer and subject: the subject of another issuer is somebody else', async () => {
    await fixture.onStore.query(
      `update users set oidc_issuer = 'https://elsewhere.example', username = 'elsewhere' where oidc_subject = 'alice'`,
    );
    const { actor } = await signInAs('alice');
    expect(actor).toMatchObject({ username: 'alice' });
    const { rows } = await fixture.onStore.query(`select from users where oidc_subject = 'alice'`);
    expect(rows).toHaveLength(2);
  });
});

describe('an invitation', () => {
  let invited = 0;

  async function invite(email: string | null = null) {
    invited += 1;
    const username = `invited-${invited}`;
    const admin = await actorOf('admin');
    const servers = [{ server: 'demo', level: 'read' }] as const;
    const user = { username, name: null, email, role: 'reviewer', servers } as const;
    const { userId, link } = await insertInvitedUser(user, admin.userId);
    return { username, userId, token: link.path.split('#')[1] ?? '' };
  }

  /** Comes back from the provider with an invitation's token; the way was begun on its page unless said otherwise. */
  async function acceptAs(subject: string, token: string, callbackUrl = '/#invite') {
    const client = createCookieClient();
    client.cookiesOf(howdah.url).set('howdah-invite', token);
    const back = await passProvider(client, await begin(client, callbackUrl), subject);
    const page = await land(client, back);
    const session = client.cookiesOf(howdah.url).get(cookie);
    const actor = session === undefined ? null : await findSessionActor(session, nowhere);
    return { actor, error: page.searchParams.get('error') };
  }

  const isOpen = async (token: string) => (await findLink(token)) !== null;

  test('is accepted by signing in, once: that person is the user from then on, with what was granted', async () => {
    const { username, userId, token } = await invite('carol@example.com');
    provider.people.carol = {
      preferred_username: 'carol',
      email: 'Carol@example.com',
      email_verified: true,
      groups: ['dba'],
    };
    expect((await acceptAs('carol', token)).actor).toMatchObject({ userId, username, role: 'admin' });
    expect(await isOpen(token)).toBe(false);
    expect((await signInAs('carol')).actor).toMatchObject({ userId, username });
    const { rows } = await fixture.onStore.query('select level from server_access where user_id = $1', [
      userId,
    ]);
    expect(rows).toEqual([{ level: 'read' }]);
    await expect(acceptLink(token, 'a password of mine', nowhere)).rejects.toMatchObject({
      code: 'not_found',
    });
    provider.people.dave = { preferred_username: 'dave', groups: ['dba'] };
    expect(await acceptAs('dave', token)).toEqual({ actor: null, error: 'oidc-invite' });
  });

  test.each([
    ['unverified', { email: 'erin@example.com', email_verified: false }],
    ['another one', { email: 'erin@elsewhere.example', email_verified: true }],
    ['none', {}],
  ])('of an address is not accepted by whose address is %s', async (_, claims) => {
    const { userId, token } = await invite('erin@example.com');
    provider.people.erin = { preferred_username: 'erin', groups: ['dba'], ...claims };
    expect(await acceptAs('erin', token)).toEqual({ actor: null, error: 'oidc-invite-email' });
    expect(await isOpen(token)).toBe(true);
    const { rows } = await fixture.onStore.query('select oidc_subject from users where id = $1', [userId]);
    expect(rows).toEqual([{ oidc_subject: null }]);
  });

  test('that was left off is not accepted by whoever signs in there next', async () => {
    const { token } = await invite();
    provider.people.frank = { preferred_username: 'frank', groups: ['staff'] };
    expect((await acceptAs('frank', token, '/')).actor).toMatchObject({ username: 'frank' });
    expect(await isOpen(token)).toBe(true);
  });

  test('takes nobody who has a user already, nor who has no role, nor a link that sets a password anew', async () => {
    const { token } = await invite();
    expect(await acceptAs('frank', token)).toEqual({ actor: null, error: 'oidc-known' });
    expect(await acceptAs('bob', token)).toEqual({ actor: null, error: 'oidc-role' });
    expect(await isOpen(token)).toBe(true);
    const [admin, developer] = [await actorOf('admin'), await actorOf('developer')];
    const reset = (await insertPasswordLink(developer.userId, admin.userId)).path.split('#')[1] ?? '';
    provider.people.grace = { preferred_username: 'grace', groups: ['dba'] };
    expect(await acceptAs('grace', reset)).toEqual({ actor: null, error: 'oidc-invite' });
    expect(await isOpen(reset)).toBe(true);
  });
});

describe('S06: an answer of the provider', () => {
  test('is refused without the cookies that asked for it, a second time, and with a changed state', async () => {
    const client = createCookieClient();
    const back = await passProvider(client, await begin(client), 'alice');
    const stranger = createCookieClient();
    expect((await land(stranger, back)).searchParams.get('error')).toBe('OAuthCallback');
    expect(stranger.cookiesOf(howdah.url).has(cookie)).toBe(false);

    const changed = new URL(back);
    changed.searchParams.set('state', 'another');
    const other = createCookieClient();
    await passProvider(other, await begin(other), 'alice');
    expect((await land(other, changed.href)).searchParams.get('error')).toBe('OAuthCallback');

    expect((await land(client, back)).pathname).toBe('/');
    expect((await land(client, back)).searchParams.get('error')).toBe('OAuthCallback');
  });

  test('is not needed for a password, which does not open an account of the provider', async () => {
    const fields = { username: 'developer', password: 'correct horse' };
    expect((await signInWith(createCookieClient(), howdah.url, fields)).error).toBeNull();
    for (const password of ['', 'correct horse']) {
      const alice = await signInWith(createCookieClient(), howdah.url, { username: 'alice', password });
      expect(alice.error).toBe('CredentialsSignin');
    }
  });
});
