import 'server-only';
import { audited, recordEvent } from './audited';
import { AppError } from './errors';
import { throttled, tokenRules } from './run-throttled';
import type { Actor, Origin } from './server';
import { deleteLink, findLink, type OpenLink } from './store/one-time-links';
import { hashPassword } from './store/passwords';
import { choosePassword } from './store/user-changes';

/** What a link says to who holds it. */
export type LinkNote = { kind: 'invite' | 'reset'; username: string; expires_at: string };

/** Whom a one-time link is for. Throws AppError: `not_found` for one that is unknown, used or too old, `limited`. */
export async function readLink(token: string, origin: Origin): Promise<LinkNote> {
  const { kind, username, expiresAt } = await openLink(token, origin);
  return { kind, username, expires_at: expiresAt.toISOString() };
}

/**
 * Sets the password that the link's user has chosen; all their sessions end. Answers their name, to sign in with. Throws
 * AppError as readLink() does.
 */
export async function acceptLink(token: string, password: string, origin: Origin): Promise<string> {
  const link = await openLink(token, origin);
  const doer = { userId: link.userId, username: link.username, via: 'sign_in', origin } as const;
  const action = link.kind === 'invite' ? 'user.accept-invite' : 'user.reset-password';
  const passwordHash = await hashPassword(password);
  await audited(doer, { action, subject: { kind: 'user', name: link.username } }, async () => {
    if (!(await choosePassword(link, passwordHash))) throw missingLink();
  });
  return link.username;
}

async function openLink(token: string, origin: Origin): Promise<OpenLink> {
  const link = await throttled(tokenRules('link', origin), () => findLink(token));
  if (link !== null) return link;
  const nobody = { userId: null, username: 'unknown user', via: 'sign_in', origin } as const;
  const event = { action: 'user.accept-invite', subject: { kind: 'user', name: 'unknown user' } } as const;
  await recordEvent(nobody, event, { result: 'refused', errorCode: 'not_found' });
  throw missingLink();
}

function missingLink(): AppError {
  return new AppError('not_found', 'This link is not valid: it was used, taken back, or is too old.', {
    hint: 'Ask an admin for a new one.',
  });
}

/** Takes a link back. Throws AppError `not_found`. */
export async function revokeLink(actor: Actor, id: string): Promise<void> {
  const subject = { kind: 'link', name: id };
  await audited(actor, { action: 'access.revoke', subject }, () => deleteLink(id));
}
