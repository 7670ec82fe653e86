import 'server-only';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { KeptBackup } from '../retention';
import { store } from './db';
import { enqueue } from './job-queue';

type Place = { server_id: string; database: string };

/** The good backups of a whole database whose files are there. */
export async function listGoodBackups({
  server_id,
  database,
}: Place): Promise<(KeptBackup & { place: string })[]> {
  const rows = await store()
    .selectFrom('backups as b')
    .select(['b.id', 'b.created_at', 'b.verified_at', 'b.schedule_id', 'b.place'])
    .where('b.server_id', '=', server_id)
    .where('b.database', '=', database)
    .where('b.expired_at', 'is', null)
    .where('b.disproved_at', 'is', null)
    .where('b.format', '=', 'custom')
    .where(sql<boolean>`b.options ->> 'contents' = 'all' and b.options -> 'relations' = 'null'::jsonb`)
    .where('b.whole_at', 'is not', null)
    .orderBy('b.id', 'desc')
    .execute();
  return rows.map(({ id, created_at, verified_at, schedule_id, place }) => ({
    id,
    at: created_at,
    isProven: verified_at !== null,
    isScheduled: schedule_id !== null,
    place: place ?? '',
  }));
}

/** Says that a backup's file is not kept any more, before it is removed. */
export async function markExpired(id: string): Promise<void> {
  await store().updateTable('backups').set({ expired_at: sql<Date>`now()` }).where('id', '=', id).execute();
}

type Expiry = Place & { server: string; place: string };

/** Queues the job that removes what a database need not keep, for the instance that keeps `place`; one at a time. */
export async function insertExpiry({ place, ...subject }: Expiry): Promise<void> {
  await store()
    .transaction()
    .execute(async (db) => {
      const id = uuidv7();
      const inserted = await db
        .insertInto('jobs')
        .values({ id, kind: 'expire', status: 'queued', username: 'howdah', ...subject })
        .onConflict((conflict) =>
          conflict.columns(['kind', 'server_id', 'database']).where('finished_at', 'is', null).doNothing(),
        )
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows !== 0n) await enqueue(db, id, place);
    });
}
