import 'server-only';
import { sql } from 'kysely';
import type { Actor } from '../server';
import { accessOf } from './access';
import { store } from './db';
import { listServers } from './servers';

/** What the filters of the history offer: user names, servers and databases with at least one run for the actor. */
export async function listHistoryChoices(actor: Actor) {
  const [users, servers, databases] = await Promise.all([
    store().selectFrom('users').select('username').orderBy('username').execute(),
    listServers(actor),
    listDatabasesWithRuns(actor),
  ]);
  return {
    users: users.map(({ username }) => username),
    servers: servers.map(({ slug, name }) => ({ slug, name })),
    databases,
  };
}

/** Hops from one (server, database) to the next in the index, so that it costs the databases, not the runs. */
async function listDatabasesWithRuns(actor: Actor): Promise<string[]> {
  const { rows } = await sql<{ database: string }>`
    with recursive hop as (
      (select server_id, database from query_history order by server_id, database limit 1)
      union all
      select next.* from hop, lateral (
        select h.server_id, h.database from query_history h
        where (h.server_id, h.database) > (hop.server_id, hop.database)
        order by h.server_id, h.database limit 1
      ) next
    )
    select distinct database from hop
    join ${accessOf(actor)} on a.server_id = hop.server_id
    order by database`.execute(store());
  return rows.map((row) => row.database);
}
