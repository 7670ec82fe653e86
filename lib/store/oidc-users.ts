import 'server-only';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { UserRole } from '../api-types';
import { store } from './db';
import { spendLink } from './one-time-links';

/** A person as an identity provider has signed them. */
export type OidcPerson = {
  issuer: string;
  subject: string;
  username: string;
  name: string | null;
  email: string | null;
  role: UserRole;
};

/** `isNew`: they have not been here before. */
export type OidcUser = { userId: string; username: string; isDisabled: boolean; isNew: boolean };

/**
 * The user bound to an issuer and a subject, made when there is none; their role, name and e-mail address are those of now.
 * A user of the same name or address is another one and stays so: the new one's name is made different.
 */
export async function putOidcUser(person: OidcPerson): Promise<OidcUser> {
  const { issuer, subject, username, ...facts } = person;
  const known = await store()
    .updateTable('users')
    .set(facts)
    .where('oidc_issuer', '=', issuer)
    .where('oidc_subject', '=', subject)
    .returning(['id', 'username', 'disabled_at'])
    .executeTakeFirst();
  if (known !== undefined) {
    const { id, disabled_at } = known;
    return { userId: id, username: known.username, isDisabled: disabled_at !== null, isNew: false };
  }
  const distinct = `${username}-${createHash('sha256').update(`${issuer} ${subject}`).digest('hex').slice(0, 8)}`;
  const made = (await insert(person, username)) ?? (await insert(person, distinct));
  // Only one that was made at the same moment can have been in the way.
  return made ?? putOidcUser(person);
}

async function insert({ issuer, subject, ...facts }: OidcPerson, username: string): Promise<OidcUser | null> {
  const row = await store()
    .insertInto('users')
    .values({
      id: uuidv7(),
      ...facts,
      username,
      password_hash: null,
      disabled_at: null,
      oidc_issuer: issuer,
      oidc_subject: subject,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row === undefined ? null : { userId: row.id, username, isDisabled: false, isNew: true };
}

/** The user bound to an issuer and a subject, or null where there is none who may sign in. */
export async function findOidcUser(issuer: string, subject: string): Promise<string | null> {
  const row = await store()
    .selectFrom('users')
    .select('id')
    .where('oidc_issuer', '=', issuer)
    .where('oidc_subject', '=', subject)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}

type Link = { id: string; userId: string };

/**
 * Uses an invitation up and binds its user to an issuer and a subject. Answers why nothing was done: `oidc-known` where these
 * are another user's, `oidc-invite` where the invitation is used, or its user has chosen how to sign in.
 */
export async function bindInvitedUser(
  { id, userId }: Link,
  { issuer, subject }: Pick<OidcPerson, 'issuer' | 'subject'>,
): Promise<'oidc-known' | 'oidc-invite' | null> {
  return store()
    .transaction()
    .execute(async (db) => {
      const known = await db
        .selectFrom('users')
        .select('id')
        .where('oidc_issuer', '=', issuer)
        .where('oidc_subject', '=', subject)
        .executeTakeFirst();
      if (known !== undefined) return 'oidc-known';
      const { numUpdatedRows } = await db
        .updateTable('users')
        .set({ oidc_issuer: issuer, oidc_subject: subject })
        .where('id', '=', userId)
        .where('password_hash', 'is', null)
        .where('oidc_subject', 'is', null)
        .where('disabled_at', 'is', null)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('one_time_links as l')
              .select('l.id')
              .where('l.id', '=', id)
              .where('l.used_at', 'is', null)
              .where('l.expires_at', '>', sql<Date>`now()`),
          ),
        )
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return 'oidc-invite';
      await spendLink(id, db);
      return null;
    });
}
