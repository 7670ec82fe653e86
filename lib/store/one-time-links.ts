import 'server-only';
import { type Kysely, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { LinkKind, LinkSummary, NewLink } from '../account-types';
import { AppError } from '../errors';
import { store } from './db';
import type { Store } from './schema';
import { hashOfToken, newToken } from './tokens';

/** How long a link may be used, in hours. Who asks for one again gets a new one. */
const hoursOf = { setup: 24, invite: 72, reset: 24 } as const satisfies Record<LinkKind, number>;

type Wanted = { kind: LinkKind; userId: string | null; createdBy: string | null };

/** Makes a link and answers its path, which the store does not keep. A user has one at a time: the one before is void. */
export async function insertLink(
  { kind, userId, createdBy }: Wanted,
  db: Kysely<Store> = store(),
): Promise<NewLink> {
  const token = newToken();
  const expires_at = new Date(Date.now() + hoursOf[kind] * 3_600_000);
  if (userId !== null) await db.deleteFrom('one_time_links').where('user_id', '=', userId).execute();
  const { id } = await db
    .insertInto('one_time_links')
    .values({
      id: uuidv7(),
      token_hash: hashOfToken(token),
      kind,
      user_id: userId,
      created_by: createdBy,
      expires_at,
      used_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  // Behind a # it reaches neither logs nor other sites.
  const path = `${kind === 'setup' ? '/setup' : '/invite'}#${token}`;
  return { id, path, expires_at: expires_at.toISOString() };
}

export type OpenLink = {
  id: string;
  kind: 'invite' | 'reset';
  userId: string;
  username: string;
  /** Where the user's address is known: that which was invited. */
  email: string | null;
  expiresAt: Date;
};

/** The unused link of a user with this token, or null. One of a disabled user does not count. */
export async function findLink(token: string, db: Kysely<Store> = store()): Promise<OpenLink | null> {
  const row = await openLinks(db).where('l.token_hash', '=', hashOfToken(token)).executeTakeFirst();
  if (row === undefined || row.kind === 'setup') return null;
  const { id, kind, user_id: userId, username, email, expires_at: expiresAt } = row;
  return { id, kind, userId, username, email, expiresAt };
}

/** The links that can still be used, newest first. */
export async function listLinks(): Promise<LinkSummary[]> {
  const rows = await openLinks(store())
    .leftJoin('users as c', 'c.id', 'l.created_by')
    .select(['l.created_at', 'c.username as creator'])
    .orderBy('l.id', 'desc')
    .execute();
  return rows
    .flatMap(({ kind, ...row }) => (kind === 'setup' ? [] : [{ ...row, kind }]))
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      user: row.username,
      user_id: row.user_id,
      created_by: row.creator,
      created_at: row.created_at.toISOString(),
      expires_at: row.expires_at.toISOString(),
    }));
}

/** Voids a link. Throws AppError `not_found` where there is none that could be used. */
export async function deleteLink(id: string): Promise<void> {
  const row = await store()
    .deleteFrom('one_time_links')
    .where('id', '=', id)
    .where('kind', '!=', 'setup')
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such link.');
}

/** Marks a link as used. Answers false when somebody was faster. */
export async function spendLink(id: string, db: Kysely<Store>): Promise<boolean> {
  const row = await db
    .updateTable('one_time_links')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

function openLinks(db: Kysely<Store>) {
  return db
    .selectFrom('one_time_links as l')
    .innerJoin('users as u', 'u.id', 'l.user_id')
    .select(['l.id', 'l.kind', 'u.id as user_id', 'u.username', 'u.email', 'l.expires_at'])
    .where('l.used_at', 'is', null)
    .where('l.expires_at', '>', sql<Date>`now()`)
    .where('u.disabled_at', 'is', null);
}
