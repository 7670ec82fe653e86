import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Level, UserRole } from '../api-types';
import { nowhere } from '../origin';
import type { Actor, Origin } from '../server';
import { singleton } from '../singleton';
import { inBatches } from './batch';
import { store, storePool } from './db';
import type { ServerRow } from './schema';
import { bringServer } from './servers';

/** How long a session lasts without signing in again, in seconds. */
export const sessionSeconds = 7 * 24 * 3600;

/** Opens a session and returns its token, which exists nowhere but in the cookie: the store keeps its hash. */
export async function openSession(userId: string, { address, userAgent }: Origin): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await store()
    .insertInto('sessions')
    .values({
      id: uuidv7(),
      token_hash: hashOf(token),
      user_id: userId,
      address,
      user_agent: userAgent,
      expires_at: new Date(Date.now() + sessionSeconds * 1000),
      revoked_at: null,
    })
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
    values: [wanted.map(({ token }) => hashOf(token)), wanted.map(({ server }) => server)],
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
  await store()
    .updateTable('sessions')
    .set({ revoked_at: new Date() })
    .where('token_hash', '=', hashOf(token))
    .execute();
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
