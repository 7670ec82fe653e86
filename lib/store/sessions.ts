import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { UserRole } from '../api-types';
import type { Actor } from '../server';
import { singleton } from '../singleton';
import { inBatches } from './batch';
import { store, storePool } from './db';

/** How long a session lasts without signing in again, in seconds. */
export const sessionSeconds = 7 * 24 * 3600;

type Origin = { address: string | null; userAgent: string | null };

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

type SessionRow = { place: string; id: string; user_id: string; username: string; role: UserRole };

/** Prepared by name: it runs on every request, and the store's pool never discards its statements. */
const findSessions = {
  name: 'find-sessions',
  text: `select t.place, s.id, s.user_id, u.username, u.role
    from unnest($1::bytea[]) with ordinality t (hash, place)
    join sessions s on s.token_hash = t.hash join users u on u.id = s.user_id
    where s.revoked_at is null and s.expires_at > now() and u.disabled_at is null`,
};

/**
 * Who a session token belongs to, or null: unknown, expired, revoked, or its user disabled. Never cached; requests
 * that come at once share one query.
 */
export async function findSessionActor(token: string): Promise<Actor | null> {
  return singleton('sessions.find', () => inBatches(loadActors))(token);
}

async function loadActors(tokens: string[]): Promise<(Actor | null)[]> {
  const { rows } = await storePool().query<SessionRow>({ ...findSessions, values: [tokens.map(hashOf)] });
  const actors: (Actor | null)[] = tokens.map(() => null);
  for (const { place, id, user_id, username, role } of rows) {
    actors[Number(place) - 1] = { userId: user_id, username, role, sessionId: id };
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
