import 'server-only';
import { type Kysely, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { store } from './db';
import type { Store } from './schema';
import { hashOfToken } from './tokens';

/** Whether nobody can use this Howdah yet: its store has no user. */
export async function isSetUpDue(db: Kysely<Store> = store()): Promise<boolean> {
  const user = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  return user === undefined;
}

/** Whether a token is one that the console has shown, and set-up is still due. */
export async function isSetUpToken(token: string, db: Kysely<Store> = store()): Promise<boolean> {
  const link = await db
    .selectFrom('one_time_links')
    .select('id')
    .where('token_hash', '=', hashOfToken(token))
    .where('kind', '=', 'setup')
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return link !== undefined && (await isSetUpDue(db));
}

type FirstAdmin = { username: string; name: string | null; passwordHash: string };

/**
 * Makes the first admin, and every set-up token void. Answers its id; null for a wrong token, and for all but the first of
 * those that come at once.
 */
export async function insertFirstAdmin(token: string, admin: FirstAdmin): Promise<string | null> {
  return store()
    .transaction()
    .execute(async (db) => {
      await sql`select pg_advisory_xact_lock(hashtextextended('howdah.set_up', 0))`.execute(db);
      if (!(await isSetUpToken(token, db))) return null;
      await db.deleteFrom('one_time_links').where('kind', '=', 'setup').execute();
      const { id } = await db
        .insertInto('users')
        .values({
          id: uuidv7(),
          username: admin.username,
          name: admin.name,
          email: null,
          role: 'admin',
          password_hash: admin.passwordHash,
          disabled_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    });
}
