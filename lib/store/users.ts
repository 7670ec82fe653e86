import 'server-only';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { UserRole } from '../api-types';
import { store } from './db';
import { hashPassword, verifyPassword } from './passwords';

/** Whom somebody says to be: `userId` is null where that is not proven, `username` where there is no such user. */
export type Attempted = { userId: string | null; username: string | null };

/** The user with this name, if the password is theirs. Case of the name does not matter. */
export async function findUserByPassword(username: string, password: string): Promise<Attempted> {
  const user = await store()
    .selectFrom('users')
    .select(['id', 'username', 'password_hash', 'disabled_at'])
    .where(sql`lower(username)`, '=', username.toLowerCase())
    .executeTakeFirst();
  const isUsable = user !== undefined && user.disabled_at === null;
  const isRight = await verifyPassword(password, isUsable ? user.password_hash : null);
  return { userId: isUsable && isRight ? user.id : null, username: user?.username ?? null };
}

/** Whether this is the user's password. */
export async function isPasswordOf(userId: string, password: string): Promise<boolean> {
  const user = await store()
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirst();
  return verifyPassword(password, user?.password_hash ?? null);
}

/** Makes the user, or gives an existing one of this name this role and password. Returns its id. */
export async function putUser(user: { username: string; role: UserRole; password: string }): Promise<string> {
  const password_hash = await hashPassword(user.password);
  const { id } = await store()
    .insertInto('users')
    .values({
      id: uuidv7(),
      username: user.username,
      role: user.role,
      password_hash,
      email: null,
      name: null,
      disabled_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .expression(sql`lower(username)`)
        .doUpdateSet({ role: user.role, password_hash, disabled_at: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
