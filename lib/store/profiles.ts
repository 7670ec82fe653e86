import 'server-only';
import type { Profile, Theme } from '../account-types';
import { store } from './db';
import { missingUser } from './user-list';

export type ProfileChange = { name?: string | null; time_zone?: string | null; theme?: Theme };

/** What a user sees of themselves. Throws AppError `not_found`. */
export async function findProfile(userId: string): Promise<Profile> {
  const row = await store()
    .selectFrom('users')
    .select(['username', 'name', 'email', 'role', 'time_zone', 'theme', 'oidc_subject', 'password_hash'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) throw missingUser();
  const { oidc_subject, password_hash, ...profile } = row;
  const signs_in_by = oidc_subject !== null ? 'oidc' : password_hash !== null ? 'password' : null;
  return { ...profile, signs_in_by };
}

/** Changes what users may change about themselves. */
export async function updateProfile(userId: string, change: ProfileChange): Promise<void> {
  await store()
    .updateTable('users')
    .set({ id: userId, ...change })
    .where('id', '=', userId)
    .execute();
}

/** Puts a password's hash in place of the one before. */
export async function setPassword(userId: string, passwordHash: string): Promise<void> {
  await store().updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId).execute();
}
