import 'server-only';
import { sql } from 'kysely';
import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import type { SessionSummary } from '../account-types';
import type { Level, UserRole } from '../api-types';
import { AppError } from '../errors';
import { nowhere } from '../origin';
import type { Actor, Origin } from '../server';
import { singleton } from '../singleton';
import { inBatches } from './batch';
import { store, storePool } from './db';
import type { ServerRow } from './schema';
import { bringServer } from './servers';
import { hashOfToken, newToken } from './tokens';

/** How long a session lasts without signing in again, in seconds. */
export const sessionSeconds = 7 * 24 * 3600;

/** Opens a session and returns its token, which exists nowhere but in the cookie: the store keeps its hash. */
export async function openSession(userId: string, { address, userAgent }: Origin): Promise<string> {
  const token = newToken();
  await store()
    .insertInto('sessions')
    .values({
      id: uuidv7(),
      token_hash: hashOfToken(token),
      user_id: userId,
      address,
      user_agent: userAgent,
      expires_at: new Date(Date.now() + sessionSeconds * 1000),
      revoked_at: null,
    })
    .execute();
  await store()
    .updateTable('users')
    .set({ signed_in_at: sql<Date>`now()` })
    .where('id', '=', userId)
    .execute();
  return token;
}

type Wanted = { token: string; server: string | null; origin: Origin };
type SessionRow = {
  place: string;
  session_id: string;
  session_user_id: string;
  username: string;
  role: UserRole;
  granted: Level | null;
};

/**
 * Prepared by name: it runs on every request, and the store's pool never discards its statements. The server that a
 * request is about comes along, which saves it a round trip.
 */
const findSessions = {
  name: 'find-sessions',
  text: `select v.*, t.place, s.id as session_id, s.user_id as session_user_id, u.username, u.role, a.level as granted
    from unnest($1::bytea[], $2::text[]) with ordinality t (hash, server, place)
    join sessions s on s.token_hash = t.hash join users u on u.id = s.user_id
    left join (server_access a join servers v on v.id = a.server_id and v.disabled_at is null)
      on v.slug = t.server and a.user_id = u.id
    where s.revoked_at is null and s.expires_at > now() and u.disabled_at is null`,
};

/**
 * Who a session token belongs to, or null: unknown, expired, revoked, or its user disabled. `server` is the slug of
 * the server that the request is about. Never cached; requests that come at once share one query.
 */
export async function findSessionActor(
  token: string,
  origin: Origin,
  server: string | null = null,
): Promise<Actor | null> {
  return singleton('sessions.find', () => inBatches(loadActors))({ token, origin, server });
}

async function loadActors(wanted: Wanted[]): Promise<(Actor | null)[]> {
  const { rows } = await storePool().query<SessionRow & ServerRow>({
    ...findSessions,
    values: [wanted.map(({ token }) => hashOfToken(token)), wanted.map(({ server }) => server)],
  });
  const actors: (Actor | null)[] = wanted.map(() => null);
  for (const { place, session_id, session_user_id, username, role, granted, ...server } of rows) {
    const index = Number(place) - 1;
    const origin = wanted[index]?.origin ?? nowhere;
    const actor: Actor = {
      userId: session_user_id,
      username,
      role,
      sessionId: session_id,
      via: 'session',
      origin,
    };
    actors[index] = actor;
    if (granted !== null) bringServer(actor, { ...server, granted });
  }
  return actors;
}

/** Ends a session on the server's side; its cookie is worth nothing from now on. */
export async function revokeSession(token: string): Promise<void> {
  await living().where('token_hash', '=', hashOfToken(token)).execute();
}

/** Ends one session of a user by its id. Throws AppError `not_found` where they have no such living one. */
export async function revokeSessionOf(userId: string, id: string): Promise<void> {
  const { numUpdatedRows } = isUuid(id)
    ? await living().where('user_id', '=', userId).where('id', '=', id).executeTakeFirstOrThrow()
    : { numUpdatedRows: 0n };
  if (numUpdatedRows === 0n) throw new AppError('not_found', 'There is no such session.');
}

/** Ends all sessions of a user but one. Answers how many there were. */
export async function revokeSessionsOf(userId: string, exceptId: string): Promise<number> {
  const { numUpdatedRows } = await living()
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('id', '!=', exceptId)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

function living() {
  return store()
    .updateTable('sessions')
    .set({ revoked_at: sql<Date>`now()` })
    .where('revoked_at', 'is', null);
}

/** The living sessions of a user, newest first. `currentId` is that of the session which asks. */
export async function listSessions(userId: string, currentId: string): Promise<SessionSummary[]> {
  const rows = await store()
    .selectFrom('sessions')
    .select(['id', 'address', 'user_agent', 'created_at', 'expires_at'])
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ created_at, expires_at, ...row }) => ({
    ...row,
    created_at: created_at.toISOString(),
    expires_at: expires_at.toISOString(),
    is_current: row.id === currentId,
  }));
}

/** Whether somebody of this name has signed in from this address in the last 30 days. */
export async function hasSignedInFrom(username: string, address: string | null): Promise<boolean> {
  const row = await store()
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select('s.id')
    .where(sql`lower(u.username)`, '=', username.trim().toLowerCase())
    .where('s.address', '=', address)
    .where('s.created_at', '>', sql<Date>`now() - interval '30 days'`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
