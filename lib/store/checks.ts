import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../errors';
import type { CheckQuery } from '../job-types';
import type { Actor, Server } from '../server';
import { store } from './db';

/** The check queries of a database, by name. */
export async function listChecks(serverId: string, database: string): Promise<CheckQuery[]> {
  const rows = await store()
    .selectFrom('check_queries')
    .selectAll()
    .where('server_id', '=', serverId)
    .where('database', '=', database)
    .orderBy('name')
    .execute();
  return rows.map(({ id, name, sql, username, created_at }) => ({
    id,
    name,
    sql,
    user: username,
    created_at: created_at.toISOString(),
  }));
}

type NewCheck = { server: Server; database: string; name: string; sql: string };

/** Stores a check query. Throws AppError `conflict` for a second one of its name. */
export async function insertCheck(actor: Actor, { server, ...check }: NewCheck): Promise<{ id: string }> {
  const id = uuidv7();
  const inserted = await store()
    .insertInto('check_queries')
    .values({ id, server_id: server.id, username: actor.username, ...check })
    .onConflict((conflict) => conflict.columns(['server_id', 'database', 'name']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    throw new AppError('conflict', `There is a check query named "${check.name}" already.`, {
      hint: 'Remove that one first, or choose another name.',
    });
  }
  return { id };
}

/** Removes a check query of a database. Throws AppError `not_found`. */
export async function deleteCheck(serverId: string, database: string, id: string): Promise<void> {
  const deleted = await store()
    .deleteFrom('check_queries')
    .where('id', '=', id)
    .where('server_id', '=', serverId)
    .where('database', '=', database)
    .executeTakeFirst();
  if (deleted.numDeletedRows === 0n) throw new AppError('not_found', 'There is no such check query.');
}
