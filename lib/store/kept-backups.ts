import 'server-only';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { KeptBackup } from '../retention';
import type { KeptWhere } from './backups';
import { store } from './db';
import { enqueue } from './job-queue';

type Place = { server_id: string; database: string };

/** The good backups of a whole database whose files are there. */
export async function listGoodBackups({ server_id, database }: Place): Promise<(KeptBackup & KeptWhere)[]> {
  const rows = await store()
    .selectFrom('backups as b')
    .select(['b.id', 'b.created_at', 'b.verified_at', 'b.schedule_id', 'b.place', 'b.object_key'])
    .where('b.server_id', '=', server_id)
    .where('b.database', '=', database)
    .where('b.expired_at', 'is', null)
    .where('b.disproved_at', 'is', null)
    .where('b.missing_at', 'is', null)
    .where('b.format', 'in', ['custom', 'directory'])
    .where(sql<boolean>`b.options ->> 'contents' = 'all' and b.options -> 'relations' = 'null'::jsonb`)
    .where('b.whole_at', 'is not', null)
    .orderBy('b.id', 'desc')
    .execute();
  return rows.map(({ id, created_at, verified_at, schedule_id, ...where }) => ({
    id,
    ...where,
    at: created_at,
    isProven: verified_at !== null,
    isScheduled: schedule_id !== null,
  }));
}

/** Says that a backup's file is not kept any more, before it is removed. */
export async function markExpired(id: string): Promise<void> {
  await store()
    .updateTable('backups')
    .set({ expired_at: sql<Date>`coalesce(expired_at, now())` })
    .where('id', '=', id)
    .execute();
}

/**
 * Says that somebody has a backup's file deleted, before it is removed: no job begins with it from here on. Answers whether
 * it was said: not while a job works with it, nor of one that is not kept anyway.
 */
export async function markDeleted(id: string, username: string): Promise<boolean> {
  const { numUpdatedRows } = await store()
    .updateTable('backups as b')
    .set({ expired_at: sql<Date>`now()`, deleted_by: username })
    .where('b.id', '=', id)
    .where('b.expired_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs as j')
            .select('j.id')
            .where('j.finished_at', 'is', null)
            .where(sql<string>`j.payload ->> 'backup_id'`, '=', sql<string>`b.id::text`),
        ),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes back that a backup was deleted, since its file could not be removed. */
export async function undoDeleted(id: string): Promise<void> {
  await store()
    .updateTable('backups')
    .set({ expired_at: null, deleted_by: null })
    .where('id', '=', id)
    .execute();
}

/** The backups that are not kept any more, and of which something may be left all the same. */
export async function listUnremoved({ server_id, database }: Place): Promise<(KeptWhere & { id: string })[]> {
  return store()
    .selectFrom('backups')
    .select(['id', 'place', 'object_key'])
    .where('server_id', '=', server_id)
    .where('database', '=', database)
    .where('place', 'is not', null)
    .where('expired_at', 'is not', null)
    .where('removed_at', 'is', null)
    .execute();
}

/** Says that nothing is left of an expired backup. */
export async function markRemoved(id: string): Promise<void> {
  await store().updateTable('backups').set({ removed_at: sql<Date>`now()` }).where('id', '=', id).execute();
}

/** The backups whose files ought to be there: those in folders first, which no network is needed for. */
export async function listKept(): Promise<(KeptWhere & { id: string; missing_at: Date | null })[]> {
  return store()
    .selectFrom('backups')
    .select(['id', 'place', 'object_key', 'missing_at'])
    .where('expired_at', 'is', null)
    .where('whole_at', 'is not', null)
    .orderBy('object_key', (key) => key.asc().nullsFirst())
    .execute();
}

/** Says since when the file of a backup is gone, or that it is there again. */
export async function markMissing(id: string, isMissing: boolean): Promise<void> {
  await store()
    .updateTable('backups')
    .set({ missing_at: isMissing ? sql<Date>`coalesce(missing_at, now())` : null })
    .where('id', '=', id)
    .execute();
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
