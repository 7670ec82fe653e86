import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import { type Claims, verifiedEmail } from './oidc';
import { throttled, tokenRules } from './run-throttled';
import type { Origin } from './server';
import { bindInvitedUser } from './store/oidc-users';
import { findLink } from './store/one-time-links';

/** Why an invitation cannot be accepted by whom the provider has signed in. */
export type AcceptRefusal = 'oidc-invite' | 'oidc-invite-email' | 'oidc-known';

/** The cookie that holds an invitation's token on the way to the provider and back, and where that way ends. */
const cookieName = 'howdah-invite';
const wayEnd = '#invite';

type Headers = { get(name: string): string | null };

/**
 * The token of the invitation that a browser brings back from the provider, or null. Only a sign-in that was begun on the
 * invitation's own page counts: one that was left off must not be accepted by whoever signs in there next.
 */
export function invitationOf(headers: Headers): string | null {
  const end = cookieOf(headers, '(?:__Secure-)?next-auth\\.callback-url');
  return end?.endsWith(wayEnd) ? cookieOf(headers, cookieName) : null;
}

function cookieOf(headers: Headers, name: string): string | null {
  const value = new RegExp(`(?:^|;\\s*)${name}=([^;]+)`).exec(headers.get('cookie') ?? '')?.[1];
  try {
    return value === undefined ? null : decodeURIComponent(value);
  } catch {
    return null;
  }
}

type Person = { issuer: string; subject: string; claims: Claims };

/**
 * Binds the user who was invited to a person of the provider. Whoever holds the link may choose a password for that user; so may
 * they bind an account, if it is nobody's yet, and of the address that was invited where one was named. Answers why not, or null.
 */
export async function acceptByProvider(
  token: string,
  { issuer, subject, claims }: Person,
  origin: Origin,
): Promise<AcceptRefusal | null> {
  const link = await throttled(tokenRules('link', origin), () => findLink(token));
  if (link === null || link.kind !== 'invite') return 'oidc-invite';
  if (link.email !== null && link.email.toLowerCase() !== verifiedEmail(claims)) return 'oidc-invite-email';
  const doer = { userId: link.userId, username: link.username, via: 'sign_in', origin } as const;
  const event = { action: 'user.accept-invite', subject: { kind: 'user', name: link.username } } as const;
  let refusal: AcceptRefusal | null = null;
  const bind = async () => {
    refusal = await bindInvitedUser(link, { issuer, subject });
    if (refusal !== null)
      throw new AppError('conflict', 'The account is bound already, or the invitation used.');
  };
  await audited(doer, { ...event, detail: { issuer, subject } }, bind).catch((error) => {
    if (refusal === null) throw error;
  });
  return refusal;
}
