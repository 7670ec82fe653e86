import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nowhere } from '../origin';
import { findSessionActor } from '../store/sessions';
import { type AuthServer, openAuthServer } from '../testing/auth-server';
import { createCookieClient, signInWith } from '../testing/cookie-client';
import { setEnvironment } from '../testing/environment';
import { type Fixture, openFixture } from '../testing/fixture';

let fixture: Fixture;
let server: AuthServer;

const password = 'correct horse';
const plainCookie = 'next-auth.session-token';

beforeAll(async () => {
  setEnvironment({ AUTH_TRUST_HOST: 'true' });
  fixture = await openFixture('select 1');
  server = await openAuthServer();
});
afterAll(async () => {
  await server.close();
  await fixture.close();
});

const forget = () => fixture.onStore.query('delete from throttles');

/** Prolongs every wait that there is, so that none is over before the next try comes, however slow that is. */
const prolong = () =>
  fixture.onStore.query(`update throttles set blocked_until = clock_timestamp() + interval '599 seconds'
    where failures > 5 and blocked_until >= attempted_at + interval '1 second'`);

/** Comes from an address of its own: what a proxy says counts here, since the test's server notes no peers. */
const clientFrom = (address: string) => createCookieClient({ 'x-forwarded-for': address });

async function tryFrom(address: string, username: string, guess: string) {
  const { error } = await signInWith(clientFrom(address), server.url, { username, password: guess });
  return error;
}

describe('S08: guessing', () => {
  test('is slowed down after five tries, the same for a name that nobody has', async () => {
    await forget();
    const told = async (username: string, address: string) => {
      const errors: (string | null)[] = [];
      for (let each = 0; each < 20; each += 1) {
        errors.push(await tryFrom(address, username, `wrong ${each}`));
        if (each === 5) await prolong();
      }
      return errors;
    };
    const known = await told('developer', '198.51.100.1');
    const unknown = await told('nobody-at-all', '198.51.100.2');
    expect(known).toEqual(unknown);
    expect(known.slice(0, 6)).toEqual(Array(6).fill('CredentialsSignin'));
    expect(known.slice(6)).toEqual(
      Array(14).fill('limited: Too many tries have failed. Try again in 10 minutes.'),
    );
  });

  test('leaves the right password to wait as well, and says how long', async () => {
    await forget();
    for (let each = 0; each < 6; each += 1) await tryFrom('198.51.100.3', 'developer', 'wrong');
    await fixture.onStore.query(`update throttles set blocked_until = now() + interval '10 minutes'`);
    expect(await tryFrom('198.51.100.3', 'developer', password)).toMatch(/Try again in 10 minutes\.$/);
    await fixture.onStore.query('update throttles set blocked_until = now()');
    expect(await tryFrom('198.51.100.3', 'developer', password)).toBeNull();
    expect(await tryFrom('198.51.100.3', 'developer', 'wrong')).toBe('CredentialsSignin');
  });

  test('from many addresses is slowed down by the account, yet not for an address that it knows', async () => {
    await forget();
    expect(await tryFrom('203.0.113.1', 'reviewer', password)).toBeNull();
    for (let each = 0; each < 11; each += 1) await tryFrom(`198.51.100.${each}`, 'reviewer', 'wrong');
    await prolong();
    expect(await tryFrom('198.51.100.99', 'reviewer', password)).toMatch(/^limited: /);
    expect(await tryFrom('203.0.113.1', 'reviewer', password)).toBeNull();
  });

  test('many names from one address is slowed down by the address, also by one of its IPv6 network', async () => {
    await forget();
    expect(await tryFrom('2001:db8::1', 'admin', password)).toBeNull();
    for (let each = 0; each < 26; each += 1) await tryFrom(`2001:db8::${each}`, `name-${each}`, 'wrong');
    await prolong();
    expect(await tryFrom('2001:db8::ffff', 'developer', password)).toMatch(/^limited: /);
    expect(await tryFrom('2001:db8:0:1::1', 'developer', password)).toBeNull();
    expect(await tryFrom('2001:db8::1', 'admin', password)).toBeNull();
  });

  test('at once is no way around it', async () => {
    await forget();
    const since = performance.now();
    const errors = await Promise.all(
      Array.from({ length: 30 }, () => tryFrom('198.51.100.4', 'admin', 'wrong')),
    );
    const tried = errors.filter((error) => error === 'CredentialsSignin').length;
    // On a slow machine the wait of a second, then of two, then of four, ends before the last of them has come.
    const mostDue = 6 + Math.floor(Math.log2(1 + (performance.now() - since) / 1000));
    expect(tried).toBeLessThanOrEqual(mostDue);
    expect(errors.filter((error) => error?.startsWith('limited')).length).toBe(30 - tried);
  });

  test('waits at most fifteen minutes, however long it goes on', async () => {
    await forget();
    await tryFrom('198.51.100.5', 'admin', 'wrong');
    await fixture.onStore.query('update throttles set failures = 2000000, blocked_until = now()');
    await tryFrom('198.51.100.5', 'admin', 'wrong');
    const { rows } = await fixture.onStore.query(
      `select max(blocked_until) between now() + interval '14 minutes' and now() + interval '15 minutes' as ok from throttles`,
    );
    expect(rows).toEqual([{ ok: true }]);
  });

  test('keeps nothing of what was typed', async () => {
    const { rows } = await fixture.onStore.query('select t::text as row from throttles t');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/admin|198\.51/);
  });
});

describe('S12: a session', () => {
  test('has another token after each sign-in, and the one before is dead', async () => {
    await forget();
    const client = clientFrom('203.0.113.2');
    await signInWith(client, server.url, { username: 'developer', password });
    const first = client.cookiesOf(server.url).get(plainCookie) ?? '';
    await signInWith(client, server.url, { username: 'developer', password });
    const second = client.cookiesOf(server.url).get(plainCookie) ?? '';
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect(await findSessionActor(first, nowhere)).toBeNull();
    expect(await findSessionActor(second, nowhere)).toMatchObject({ username: 'developer' });
  });

  test('is not what a browser brought along: a planted cookie stays worth nothing', async () => {
    const client = clientFrom('203.0.113.3');
    client.cookiesOf(server.url).set(plainCookie, 'planted');
    await signInWith(client, server.url, { username: 'developer', password });
    expect(client.cookiesOf(server.url).get(plainCookie)).not.toBe('planted');
    expect(await findSessionActor('planted', nowhere)).toBeNull();
  });

  test('ends on the server when its user signs out', async () => {
    const client = clientFrom('203.0.113.4');
    await signInWith(client, server.url, { username: 'developer', password });
    const token = client.cookiesOf(server.url).get(plainCookie) ?? '';
    const { csrfToken } = JSON.parse((await client.send(`${server.url}/api/auth/csrf`)).text);
    await client.send(`${server.url}/api/auth/signout`, { csrfToken, json: 'true' });
    expect(client.cookiesOf(server.url).has(plainCookie)).toBe(false);
    expect(await findSessionActor(token, nowhere)).toBeNull();
  });

  test('has a cookie that scripts and other sites do not get, and that TLS alone carries', async () => {
    const { setCookies } = await signInWith(clientFrom('203.0.113.5'), server.url, {
      username: 'developer',
      password,
    });
    const plain = setCookies.find((line) => line.startsWith(`${plainCookie}=`));
    expect(plain).toMatch(/; HttpOnly/);
    expect(plain).toMatch(/; SameSite=Lax/);
    expect(plain).not.toMatch(/; Secure/);

    const behindTls = createCookieClient({ 'x-forwarded-for': '203.0.113.6', 'x-forwarded-proto': 'https' });
    const { setCookies: secured } = await signInWith(behindTls, server.url, {
      username: 'developer',
      password,
    });
    const secure = secured.find((line) => line.startsWith(`__Secure-${plainCookie}=`));
    for (const part of [/; HttpOnly/, /; SameSite=Lax/, /; Secure/]) expect(secure).toMatch(part);
  });

  test('is the own one of each of those who sign in at the same time', async () => {
    const names = ['admin', 'developer', 'reviewer'];
    const seen = await Promise.all(
      Array.from({ length: 12 }, async (_, each) => {
        const username = names[each % 3] ?? '';
        const client = clientFrom(`203.0.113.${20 + each}`);
        await signInWith(client, server.url, { username, password });
        const token = client.cookiesOf(server.url).get(plainCookie) ?? '';
        return [username, (await findSessionActor(token, nowhere))?.username];
      }),
    );
    for (const [wanted, got] of seen) expect(got).toBe(wanted);
  });
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
])('S09: signing in leads to no other site: %j', async (callbackUrl) => {
  const fields = { username: 'developer', password, callbackUrl };
  const { error, url } = await signInWith(clientFrom('203.0.113.7'), server.url, fields);
  expect(error).toBeNull();
  expect(new URL(url, server.url).origin).toBe(server.url);
});

test('a disabled user is refused in the same words', async () => {
  await fixture.onStore.query(`update users set disabled_at = now() where username = 'reviewer'`);
  expect(await tryFrom('203.0.113.8', 'reviewer', password)).toBe('CredentialsSignin');
  await fixture.onStore.query(`update users set disabled_at = null where username = 'reviewer'`);
});
