import 'server-only';
import { sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { BackendWork } from '../api-types';
import type { Actor } from '../server';
import { store } from './db';

type WorkRow = { id: string; user_id: string | null; username: string; job: string | null };

/** What of Howdah's stands behind these ids on one server, for an actor who may see that server. */
export async function nameWork(
  actor: Actor,
  serverId: string,
  ids: string[],
): Promise<Map<string, BackendWork>> {
  const wanted = ids.filter((id) => isUuid(id));
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<WorkRow>`
    select id, user_id, username, null as job from query_history
      where id = any (${wanted}::uuid[]) and server_id = ${serverId}
    union all
    select id, user_id, username, kind from jobs
      where id = any (${wanted}::uuid[]) and server_id = ${serverId}`.execute(store());
  return new Map(rows.map((row) => [row.id, asWork(actor, row)]));
}

function asWork(actor: Actor, { id, user_id, username: user, job }: WorkRow): BackendWork {
  if (job !== null) return { kind: 'job', id, user, job };
  return { kind: 'run', id, user, is_own: user_id === actor.userId };
}
