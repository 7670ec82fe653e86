import 'server-only';
import { validate as isUuid } from 'uuid';
import type { BackendWork } from '../api-types';
import type { Actor } from '../server';
import { store } from './db';

/** What of Howdah's stands behind these ids on one server, for an actor who may see that server. */
export async function nameWork(
  actor: Actor,
  serverId: string,
  ids: string[],
): Promise<Map<string, BackendWork>> {
  const wanted = ids.filter((id) => isUuid(id));
  if (wanted.length === 0) return new Map();
  const runs = await store()
    .selectFrom('query_history')
    .select(['id', 'user_id', 'username'])
    .where('id', 'in', wanted)
    .where('server_id', '=', serverId)
    .execute();
  const jobs = await store()
    .selectFrom('jobs')
    .select(['id', 'kind', 'username'])
    .where('id', 'in', wanted)
    .where('server_id', '=', serverId)
    .execute();
  return new Map<string, BackendWork>([
    ...runs.map(({ id, user_id, username }) => {
      return [id, { kind: 'run', id, user: username, is_own: user_id === actor.userId }] as const;
    }),
    ...jobs.map(({ id, kind, username }) => [id, { kind: 'job', id, user: username, job: kind }] as const),
  ]);
}
