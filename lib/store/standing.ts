import 'server-only';
import type { Environment, Level, UserRole } from '../api-types';
import { leastRole, levelInForce } from '../permissions';
import type { Actor } from '../server';
import { storePool } from './db';

/** What goes on in somebody's name, and on which server. */
export type Held = { actor: Pick<Actor, 'userId' | 'sessionId' | 'key'>; serverId: string };

type Row = {
  place: string;
  role: UserRole;
  key_role: UserRole | null;
  granted: Level;
  environment: Environment;
};

/**
 * The level that each holder would have now. Null where the user was disabled, the access taken away, the session ended or
 * the key revoked. One that has only grown old goes on until it is done.
 */
export async function levelsNow(held: readonly Held[]): Promise<(Level | null)[]> {
  const { rows } = await storePool().query<Row>({
    name: 'levels-now',
    text: `select h.place, u.role, k.role as key_role, a.level as granted, v.environment
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) with ordinality h (user_id, session_id, key_id, server_id, place)
      join users u on u.id = h.user_id and u.disabled_at is null
      join server_access a on a.user_id = u.id and a.server_id = h.server_id
      join servers v on v.id = a.server_id and v.disabled_at is null
      left join sessions s on s.id = h.session_id
      left join api_keys k on k.id = h.key_id
      where s.revoked_at is null and k.revoked_at is null`,
    values: [
      held.map(({ actor }) => actor.userId),
      held.map(({ actor }) => actor.sessionId),
      held.map(({ actor }) => actor.key?.id ?? null),
      held.map(({ serverId }) => serverId),
    ],
  });
  const levels: (Level | null)[] = held.map(() => null);
  for (const { place, role, key_role, granted, environment } of rows) {
    levels[Number(place) - 1] = levelInForce(leastRole(role, key_role ?? role), granted, environment);
  }
  return levels;
}
