import 'server-only';
import type { NewLink, UserSummary } from './account-types';
import { audited } from './audited';
import type { Actor } from './server';
import { revokeSessionOf, revokeSessionsOf } from './store/sessions';
import {
  changeGrant,
  type Grant,
  insertInvitedUser,
  insertPasswordLink,
  type NewUser,
  type UserChange,
  updateUser,
} from './store/user-changes';
import { findUser } from './store/user-list';

/** What comes of an invitation: the link is shown once. */
export type Invited = { user: UserSummary; link: NewLink };

/** Makes a user who chooses a password by the link. Throws AppError: `conflict` for a taken name, `not_found`. */
export async function inviteUser(actor: Actor, user: NewUser): Promise<Invited> {
  const { username, role, servers } = user;
  const detail = { role, servers: servers.map(({ server, level }) => `${server}: ${level}`) };
  const { userId, link } = await audited(
    actor,
    { action: 'user.invite', subject: userSubject(username), detail },
    () => insertInvitedUser(user, actor.userId),
  );
  return { user: await findUser(userId), link };
}

/**
 * Changes a user; what a new role or a disabled account may not do any more ends within seconds. Throws AppError:
 * `not_found`, `conflict` for the last admin.
 */
export async function changeUser(actor: Actor, id: string, change: UserChange): Promise<UserSummary> {
  const before = await findUser(id);
  const event = { subject: userSubject(before.username), detail: { ...differences(before, change) } };
  await audited(actor, { action: actionOf(before, change), ...event }, () => updateUser(id, change));
  return findUser(id);
}

/** The gravest of the things that change, which names the event. */
function actionOf(before: UserSummary, { role, isDisabled }: UserChange) {
  if (isDisabled !== undefined && isDisabled !== (before.status === 'disabled')) {
    return isDisabled ? 'user.disable' : 'user.enable';
  }
  return role !== undefined && role !== before.role ? 'user.change-role' : 'user.update';
}

function differences(before: UserSummary, { name, email, role }: UserChange) {
  return {
    ...(role === undefined || role === before.role ? {} : { role, role_before: before.role }),
    ...(name === undefined || name === before.name ? {} : { name }),
    ...(email === undefined || email === before.email ? {} : { email }),
  };
}

/** Grants a user a level on a server, or takes it away. Throws AppError `not_found`. */
export async function grantLevel(actor: Actor, id: string, grant: Grant): Promise<UserSummary> {
  const { username } = await findUser(id);
  const action = grant.level === null ? 'access.revoke' : 'access.grant';
  const event = { subject: userSubject(username), server: grant.server, detail: { level: grant.level } };
  await audited(actor, { action, ...event }, () => changeGrant(id, grant));
  return findUser(id);
}

/**
 * A new one-time link for a user to choose a password with; the one before is void. Throws AppError: `not_found`,
 * `conflict` for who is disabled or has no password here.
 */
export async function linkForPassword(actor: Actor, id: string): Promise<NewLink> {
  const { username } = await findUser(id);
  const detail = { step: 'link made' };
  const event = { action: 'user.reset-password', subject: userSubject(username), detail } as const;
  return audited(actor, event, () => insertPasswordLink(id, actor.userId));
}

/** Ends a session of a user, or with null all of them but the one that asks. Throws AppError `not_found`. */
export async function endSessionsOf(actor: Actor, id: string, sessionId: string | null): Promise<void> {
  const { username } = await findUser(id);
  await audited(actor, { action: 'session.revoke', subject: userSubject(username) }, async (note) => {
    if (sessionId !== null) return revokeSessionOf(id, sessionId);
    note({ sessions: await revokeSessionsOf(id, actor.sessionId) });
  });
}

function userSubject(username: string) {
  return { kind: 'user', name: username };
}
