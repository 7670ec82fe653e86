import 'server-only';
import { sql } from 'kysely';
import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import type { ApiKeySummary, NewApiKey } from '../account-types';
import type { UserRole } from '../api-types';
import { AppError } from '../errors';
import { leastRole } from '../permissions';
import type { Actor, Origin } from '../server';
import { accessOf } from './access';
import { store } from './db';
import { hashOfToken, newToken } from './tokens';

/** What every key begins with, so that people and scanners know one when they see it. */
const keyPrefix = 'howdah_';

export type NewKey = { name: string; role: UserRole; servers: readonly string[] | null; expiresAt: Date };

/**
 * Makes a key of the actor's own and answers it; the store keeps its hash. Throws AppError `not_found` for a server that
 * does not exist for the actor.
 */
export async function insertApiKey(actor: Actor, key: NewKey): Promise<NewApiKey> {
  const token = keyPrefix + newToken();
  const { id } = await store()
    .insertInto('api_keys')
    .values({
      id: uuidv7(),
      token_hash: hashOfToken(token),
      user_id: actor.userId,
      name: key.name,
      role: key.role,
      server_ids: key.servers === null ? null : await serverIds(actor, key.servers),
      expires_at: key.expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...(await findApiKey(id)), key: token };
}

async function serverIds(actor: Actor, slugs: readonly string[]): Promise<string[]> {
  const rows = await store()
    .selectFrom('servers as s')
    .innerJoin(accessOf(actor), 'a.server_id', 's.id')
    .select(['s.id', 's.slug'])
    .where('s.disabled_at', 'is', null)
    .where('s.slug', '=', sql<string>`any(${[...slugs]}::text[])`)
    .execute();
  const missing = slugs.find((slug) => !rows.some((row) => row.slug === slug));
  if (missing !== undefined) throw new AppError('not_found', `There is no server "${missing}" for you.`);
  return rows.map((row) => row.id);
}

/** Keys, newest first: those of one user, or with null all. */
export async function listApiKeys(userId: string | null): Promise<ApiKeySummary[]> {
  const query = summaries().orderBy('k.id', 'desc').limit(1000);
  const rows = await (userId === null ? query : query.where('k.user_id', '=', userId)).execute();
  return rows.map(asSummary);
}

async function findApiKey(id: string): Promise<ApiKeySummary> {
  return asSummary(await summaries().where('k.id', '=', id).executeTakeFirstOrThrow());
}

/**
 * Revokes a key of a user (null: of anybody) at once. Throws AppError `not_found` where there is none that is not revoked
 * already.
 */
export async function revokeApiKey(id: string, userId: string | null): Promise<void> {
  const query = store()
    .updateTable('api_keys')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', isUuid(id) ? id : null)
    .where('revoked_at', 'is', null)
    .returning('id');
  const row = await (userId === null ? query : query.where('user_id', '=', userId)).executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such API key.');
}

/**
 * Who a key belongs to, or null: unknown, expired, revoked, or its user disabled. Never cached. Its use is noted, to the
 * minute.
 */
export async function findKeyActor(token: string, origin: Origin): Promise<Actor | null> {
  const row = await store()
    .selectFrom('api_keys as k')
    .innerJoin('users as u', 'u.id', 'k.user_id')
    .select([
      'k.id',
      'k.name',
      'k.role as key_role',
      'k.server_ids',
      'u.id as user_id',
      'u.username',
      'u.role',
    ])
    .select(sql<boolean>`coalesce(k.last_used_at < now() - interval '1 minute', true)`.as('is_due'))
    .where('k.token_hash', '=', hashOfToken(token))
    .where('k.revoked_at', 'is', null)
    .where('k.expires_at', '>', sql<Date>`now()`)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.is_due) await noteUse(row.id);
  return {
    userId: row.user_id,
    username: row.username,
    role: leastRole(row.role, row.key_role),
    sessionId: row.id,
    via: 'api_key',
    origin,
    key: { id: row.id, name: row.name, serverIds: row.server_ids },
  };
}

async function noteUse(id: string): Promise<void> {
  await store()
    .updateTable('api_keys')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

function summaries() {
  return store()
    .selectFrom('api_keys as k')
    .innerJoin('users as u', 'u.id', 'k.user_id')
    .select(['k.id', 'k.name', 'k.role', 'k.created_at', 'k.expires_at', 'k.last_used_at', 'k.revoked_at'])
    .select(['u.username', sql<boolean>`k.expires_at <= now()`.as('is_expired')])
    .select(
      sql<string[] | null>`case when k.server_ids is not null then array(
        select s.slug from servers s where s.id = any(k.server_ids) order by s.slug) end`.as('servers'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>;

function asSummary(row: Row): ApiKeySummary {
  return {
    id: row.id,
    name: row.name,
    user: row.username,
    role: row.role,
    servers: row.servers,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    status: row.revoked_at !== null ? 'revoked' : row.is_expired ? 'expired' : 'active',
  };
}
