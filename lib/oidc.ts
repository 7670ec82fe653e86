import { z } from 'zod';
import type { UserRole } from './api-types';

/** What the environment says about the identity provider. */
export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the button of the sign-in page. */
  name: string;
  scope: string;
  /** The claim that decides about the user role: a name, or names joined by dots into nested claims. */
  roleClaim: string;
  /** Value of that claim → user role. */
  roleMap: Record<string, UserRole>;
  /** Domains of verified e-mail addresses that may sign in; empty for any. */
  allowedDomains: string[];
};

const roleNames = ['reviewer', 'developer', 'admin'] as const satisfies readonly UserRole[];

/** `staff=reviewer, dba=admin` as a table. */
export const roleMap = z.string().transform((text, context): Record<string, UserRole> => {
  const entries = text.split(',').map((pair) => {
    const at = pair.lastIndexOf('=');
    const role = roleNames.find((name) => name === pair.slice(at + 1).trim());
    const value = pair.slice(0, Math.max(at, 0)).trim();
    if (role === undefined || value === '') {
      context.addIssue(`"${pair.trim()}" is not of the form value=${roleNames.join('|')}`);
    }
    return [value, role ?? 'reviewer'] as const;
  });
  return Object.fromEntries(entries);
});

/** The claims of a person, as the provider has signed them. */
export type Claims = Record<string, unknown>;

/** The highest user role that the claims carry, or null. Values are compared exactly. */
export function roleOfClaims(claims: Claims, { roleClaim, roleMap }: OidcSettings): UserRole | null {
  const values = [claimAt(claims, roleClaim)].flat().filter((value) => typeof value === 'string');
  const roles = values.flatMap((value) => (Object.hasOwn(roleMap, value) ? [roleMap[value]] : []));
  return [...roleNames].reverse().find((role) => roles.includes(role)) ?? null;
}

/** A claim of exactly this name, else the one that its dots lead to. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    return (value as Claims)[part];
  }, claims);
}

/** Whether the person's e-mail address is of an allowed domain; only a verified one counts. */
export function isOfAllowedDomain(claims: Claims, { allowedDomains }: OidcSettings): boolean {
  if (allowedDomains.length === 0) return true;
  const email = verifiedEmail(claims);
  return email !== null && allowedDomains.includes(email.slice(email.lastIndexOf('@') + 1));
}

/** The person's e-mail address in lower case, if the provider says that it is theirs; else null. */
export function verifiedEmail({ email, email_verified }: Claims): string | null {
  return typeof email === 'string' && email_verified === true ? email.toLowerCase() : null;
}
