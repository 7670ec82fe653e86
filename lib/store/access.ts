import 'server-only';
import { sql } from 'kysely';
import type { Actor } from '../server';
import { store } from './db';

/** The servers that exist for an actor, as `a`: their ids, and the level granted on each. An API key sees no other. */
export function accessOf({ userId, key }: Actor) {
  const all = store()
    .selectFrom('server_access')
    .select(['server_id', 'level'])
    .where('user_id', '=', userId);
  const ids = key?.serverIds ?? null;
  return (ids === null ? all : all.where('server_id', '=', sql<string>`any(${ids}::uuid[])`)).as('a');
}

/** Whether an API key leaves a server to its actor. */
export function isWithinKey({ key }: Actor, serverId: string): boolean {
  return (key?.serverIds ?? null) === null || key?.serverIds?.includes(serverId) === true;
}
