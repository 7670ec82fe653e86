import 'server-only';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { recordEvent } from './audited';
import { env } from './env';
import { type Claims, isOfAllowedDomain, roleOfClaims } from './oidc';
import { originOf } from './origin';
import { type AcceptRefusal, acceptByProvider, invitationOf } from './run-accept-oidc';
import type { Origin } from './server';
import { findOidcUser, type OidcPerson, putOidcUser } from './store/oidc-users';
import { openSession } from './store/sessions';

/** next-auth's id of the identity provider; it is part of the address that is registered there. */
export const oidcProviderId = 'oidc';

/** Why somebody whom the provider knows is not let in, as the sign-in page reads it from its address. */
export type OidcRefusal = 'oidc-role' | 'oidc-domain' | 'oidc-disabled' | 'oidc-claims' | AcceptRefusal;

/** The identity provider for next-auth, or null where the environment names none. */
export function oidcProvider(): OAuthConfig<Claims> | null {
  const settings = env().oidc;
  if (settings === null) return null;
  return {
    id: oidcProviderId,
    name: settings.name,
    type: 'oauth',
    wellKnown: `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    issuer: settings.issuer,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: settings.scope } },
    // Some providers put groups into the one, some into the other; openid-client compares the subjects.
    userinfo: {
      request: async ({ client, tokens }) => ({
        ...(client.issuer.metadata.userinfo_endpoint ? await client.userinfo(tokens.access_token ?? '') : {}),
        ...claimsOf(tokens.id_token ?? ''),
      }),
    },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

/** The claims of an id token that openid-client has verified. */
function claimsOf(idToken: string): Claims & { sub: string } {
  const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8');
  return JSON.parse(payload) as Claims & { sub: string };
}

/**
 * Lets a person in whom the provider has signed: their claims decide about the user role, at each sign-in. They are known by
 * issuer and subject alone, never by a name or an address; who comes from an invitation becomes the user who was invited.
 * Answers why not, or null.
 */
export async function admitByClaims(claims: Claims, headers: Headers): Promise<OidcRefusal | null> {
  const person = readPerson(claims);
  const settings = env().oidc;
  if (person === null || settings === null) return 'oidc-claims';
  const origin = originOf(headers);
  const role = roleOfClaims(claims, settings);
  if (role === null) return refuse(person, origin, 'oidc-role');
  if (!isOfAllowedDomain(claims, settings)) return refuse(person, origin, 'oidc-domain');
  const invitation = invitationOf(headers);
  const refusal =
    invitation === null ? null : await acceptByProvider(invitation, { ...person, claims }, origin);
  if (refusal !== null) return refuse(person, origin, refusal);
  const user = await putOidcUser({ ...person, role });
  const doer = { userId: user.userId, username: user.username, via: 'sign_in', origin } as const;
  if (user.isNew) {
    const subject = { kind: 'user', name: user.username };
    const detail = { issuer: person.issuer, subject: person.subject, role };
    await recordEvent(doer, { action: 'oidc.link', subject, detail }, { result: 'succeeded' });
  }
  if (user.isDisabled) return refuse(person, origin, 'oidc-disabled');
  await recordEvent(doer, { ...signIn, detail: { role } }, { result: 'succeeded' });
  return null;
}

/** Opens a session for a person whom admitByClaims() has let in; null where that is not so any more. */
export async function openOidcSession(claims: Claims, headers: Headers): Promise<string | null> {
  const person = readPerson(claims);
  const userId = person === null ? null : await findOidcUser(person.issuer, person.subject);
  return userId === null ? null : openSession(userId, originOf(headers));
}

type Headers = { get(name: string): string | null };

const signIn = {
  action: 'session.sign-in',
  subject: { kind: 'session', name: 'by identity provider' },
} as const;

async function refuse(person: Person, origin: Origin, refusal: OidcRefusal): Promise<OidcRefusal> {
  const doer = { userId: null, username: person.username, via: 'sign_in', origin } as const;
  const detail = { issuer: person.issuer, subject: person.subject, reason: refusal };
  await recordEvent(doer, { ...signIn, detail }, { result: 'refused', errorCode: 'forbidden' });
  return refusal;
}

type Person = Omit<OidcPerson, 'role'>;

function readPerson(claims: Claims): Person | null {
  const { iss, sub } = claims;
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') return null;
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' && isStorable(value) ? value.trim().slice(0, 200) || null : null;
  };
  const email = text('email');
  const username = text('preferred_username') ?? email ?? sub;
  return { issuer: iss, subject: sub, username: username.slice(0, 63), name: text('name'), email };
}

function isStorable(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed();
}
