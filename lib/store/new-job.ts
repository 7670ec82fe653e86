import 'server-only';
import type { Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../errors';
import type { JobKind } from '../job-types';
import type { Actor, Server } from '../server';
import { enqueue } from './job-queue';
import type { Store } from './schema';

export type NewJob = {
  kind: JobKind;
  server: Pick<Server, 'id' | 'slug'>;
  database: string;
  payload: Record<string, unknown>;
  /** Whose files it needs; null where any instance may do it. */
  place: string | null;
};

/**
 * Stores a job of an actor and queues it. One of a kind and database may be unfinished at a time: throws AppError
 * `conflict` for a second.
 */
export async function queueJob(
  db: Transaction<Store>,
  actor: Pick<Actor, 'userId' | 'username'>,
  job: NewJob,
): Promise<string> {
  const { kind, server, database, payload, place } = job;
  const id = uuidv7();
  const subject = { server_id: server.id, server: server.slug, database };
  const user = { user_id: actor.userId, username: actor.username };
  const inserted = await db
    .insertInto('jobs')
    .values({ id, kind, status: 'queued', ...user, ...subject, payload })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'server_id', 'database']).where('finished_at', 'is', null).doNothing(),
    )
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    throw new AppError('conflict', `A ${kind} of the database "${database}" is under way.`, {
      hint: 'See it under Jobs; wait for it, or cancel it.',
    });
  }
  await enqueue(db, id, place);
  return id;
}
