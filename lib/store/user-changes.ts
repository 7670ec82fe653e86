import 'server-only';
import { type Kysely, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { NewLink } from '../account-types';
import type { Level, UserRole } from '../api-types';
import { AppError } from '../errors';
import { store } from './db';
import { insertLink, spendLink } from './one-time-links';
import type { Store } from './schema';
import { missingUser } from './user-list';

export type NewUser = {
  username: string;
  name: string | null;
  email: string | null;
  role: UserRole;
  servers: readonly Grant[];
};

/** A server by its slug, and the level granted there; null takes it away. */
export type Grant = { server: string; level: Level | null };

type Invited = { userId: string; link: NewLink };

/** Stores a user who has still to choose a password, and the link for that. Throws AppError `conflict` for a taken name. */
export async function insertInvitedUser(user: NewUser, createdBy: string): Promise<Invited> {
  const { servers, ...values } = user;
  return store()
    .transaction()
    .execute(async (db) => {
      const userId = uuidv7();
      const row = await db
        .insertInto('users')
        .values({ id: userId, ...values, password_hash: null, disabled_at: null })
        .onConflict((conflict) => conflict.expression(sql`lower(username)`).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (row === undefined) throw takenName(user.username);
      for (const grant of servers) await putGrant(db, userId, grant);
      return { userId, link: await insertLink({ kind: 'invite', userId, createdBy }, db) };
    });
}

function takenName(username: string): AppError {
  return new AppError('conflict', `There is a user named "${username}" already.`, {
    hint: 'Choose another user name.',
  });
}

/** What can be changed about a user. */
export type UserChange = {
  name?: string | null;
  email?: string | null;
  role?: UserRole;
  isDisabled?: boolean;
};

/**
 * Changes a user. Who is disabled has no session and no link any more. Throws AppError: `not_found`, `conflict` when no
 * admin would be left who can sign in.
 */
export async function updateUser(id: string, { isDisabled, ...values }: UserChange): Promise<void> {
  const disabled_at = isDisabled ? sql<Date>`coalesce(disabled_at, now())` : null;
  const set = { id, ...values, ...(isDisabled === undefined ? {} : { disabled_at }) };
  await store()
    .transaction()
    .execute(async (db) => {
      await sql`select pg_advisory_xact_lock(hashtextextended('howdah.admins', 0))`.execute(db);
      const row = await db
        .updateTable('users')
        .set(set)
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst();
      if (row === undefined) throw missingUser();
      await checkAdmins(db);
      if (!isDisabled) return;
      await endSessions(db, id);
      await db.deleteFrom('one_time_links').where('user_id', '=', id).execute();
    });
}

async function endSessions(db: Kysely<Store>, userId: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`now()` })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Whoever has not chosen a password yet is no admin who could let others in. */
async function checkAdmins(db: Kysely<Store>): Promise<void> {
  const admin = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .where((where) =>
      where.or([where('password_hash', 'is not', null), where('oidc_subject', 'is not', null)]),
    )
    .limit(1)
    .executeTakeFirst();
  if (admin !== undefined) return;
  throw new AppError('conflict', 'This is the last admin who can sign in, so it was not changed.', {
    hint: 'Make another user an admin first.',
  });
}

/** Grants a user a level on a server, or takes it away. Throws AppError `not_found` for either that is not there. */
async function putGrant(db: Kysely<Store>, userId: string, { server, level }: Grant): Promise<void> {
  const found = await db
    .selectFrom('servers')
    .select('id')
    .where('slug', '=', server)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (found === undefined) throw new AppError('not_found', `There is no server "${server}".`);
  if (level === null) {
    await db
      .deleteFrom('server_access')
      .where('user_id', '=', userId)
      .where('server_id', '=', found.id)
      .execute();
    return;
  }
  await db
    .insertInto('server_access')
    .values({ user_id: userId, server_id: found.id, level })
    .onConflict((conflict) => conflict.columns(['user_id', 'server_id']).doUpdateSet({ level }))
    .execute();
}

/** Grants a user who is there a level on a server, or takes it away. Throws AppError `not_found`. */
export async function changeGrant(userId: string, grant: Grant): Promise<void> {
  await putGrant(store(), userId, grant);
}

/** A new link for a user to choose a password with. */
export async function insertPasswordLink(userId: string, createdBy: string): Promise<NewLink> {
  const user = await store()
    .selectFrom('users')
    .select(['password_hash', 'oidc_subject', 'disabled_at'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (user === undefined) throw missingUser();
  if (user.disabled_at !== null) {
    throw new AppError('conflict', 'The user is disabled.', { hint: 'Enable the user first.' });
  }
  if (user.oidc_subject !== null) {
    throw new AppError('conflict', 'The user signs in with the identity provider and has no password here.');
  }
  const kind = user.password_hash === null ? 'invite' : 'reset';
  return store()
    .transaction()
    .execute((db) => insertLink({ kind, userId, createdBy }, db));
}

/**
 * Sets the password that the link's user has chosen, and ends all their sessions. Answers false when the link was used
 * meanwhile.
 */
export async function choosePassword(
  link: { id: string; userId: string },
  passwordHash: string,
): Promise<boolean> {
  return store()
    .transaction()
    .execute(async (db) => {
      if (!(await spendLink(link.id, db))) return false;
      await db
        .updateTable('users')
        .set({ password_hash: passwordHash })
        .where('id', '=', link.userId)
        .execute();
      await endSessions(db, link.userId);
      return true;
    });
}
