import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { Profile, Theme } from './account-types';
import { audited } from './audited';
import { currentActor } from './auth';
import { AppError } from './errors';
import { ownPasswordRules, throttled } from './run-throttled';
import type { Actor } from './server';
import { hashPassword } from './store/passwords';
import { findProfile, type ProfileChange, setPassword, updateProfile } from './store/profiles';
import { revokeSessionOf, revokeSessionsOf } from './store/sessions';
import { isPasswordOf } from './store/users';

/**
 * Who is signed in and what they have chosen for themselves, or null for nobody: read once a request, however many
 * layouts show something of it. It authorises nothing. Throws AppError `unreachable`.
 */
export const readSignedIn = cache(async (): Promise<{ actor: Actor; profile: Profile } | null> => {
  const actor = await currentActor({ cookies: await cookies(), headers: await headers() });
  return actor === null ? null : { actor, profile: await findProfile(actor.userId) };
});

/** The theme that whoever is signed in has chosen; null for nobody, and while the store can't be asked. Never throws. */
export async function readTheme(): Promise<Theme | null> {
  const signedIn = await readSignedIn().catch(() => null);
  return signedIn === null ? null : (signedIn.profile.theme ?? 'system');
}

/** Changes what the actor has chosen for themselves. */
export async function changeProfile(actor: Actor, change: ProfileChange): Promise<Profile> {
  await audited(actor, { action: 'user.update', subject: self(actor), detail: { ...change } }, () =>
    updateProfile(actor.userId, change),
  );
  return findProfile(actor.userId);
}

/**
 * Changes the actor's password; their other sessions end. Throws AppError: `forbidden` for a wrong current one, `limited`,
 * `conflict` for who signs in by other means.
 */
export async function changePassword(actor: Actor, current: string, next: string): Promise<void> {
  const { signs_in_by } = await findProfile(actor.userId);
  if (signs_in_by !== 'password') {
    throw new AppError('conflict', 'You sign in with the identity provider and have no password here.');
  }
  await audited(actor, { action: 'user.change-password', subject: self(actor) }, async () => {
    const isRight = await throttled(ownPasswordRules(actor.userId), async () =>
      (await isPasswordOf(actor.userId, current)) ? true : null,
    );
    if (isRight === null) throw new AppError('invalid', 'The current password is wrong.');
    await setPassword(actor.userId, await hashPassword(next));
    await revokeSessionsOf(actor.userId, actor.sessionId);
  });
}

/** Ends a session of the actor's own, or with null all but this one. Throws AppError `not_found`. */
export async function endOwnSessions(actor: Actor, sessionId: string | null): Promise<void> {
  await audited(actor, { action: 'session.revoke', subject: self(actor) }, async (note) => {
    if (sessionId !== null) return revokeSessionOf(actor.userId, sessionId);
    note({ sessions: await revokeSessionsOf(actor.userId, actor.sessionId) });
  });
}

function self({ username }: Actor) {
  return { kind: 'user', name: username };
}
