import 'server-only';
import { sql } from 'kysely';
import { validate as isUuid, v7 as uuidv7 } from 'uuid';
import type { Page } from '../api-types';
import { AppError } from '../errors';
import type { BackupEntry, BackupFormat, BackupOptions, BackupSource, JobKind } from '../job-types';
import type { Actor, Server } from '../server';
import { accessOf } from './access';
import { store } from './db';
import { queueJob } from './new-job';

export type BackupFilter = { server?: string; database?: string; after?: string; limit: number };

/** Backups on the servers that the actor may see, newest first. `after` is the id of the last one seen. */
export async function listBackups(actor: Actor, filter: BackupFilter): Promise<Page<BackupEntry>> {
  let query = visibleBackups(actor)
    .orderBy('b.id', 'desc')
    .limit(filter.limit + 1);
  if (filter.after !== undefined) query = query.where('b.id', '<', filter.after);
  if (filter.server !== undefined) query = query.where('b.server', '=', filter.server);
  if (filter.database !== undefined) query = query.where('b.database', '=', filter.database);
  const rows = await query.execute();
  const items = rows.slice(0, filter.limit).map(asEntry);
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Where the file of a backup lies: in which folder or bucket, and under which name there. */
export type KeptWhere = { place: string | null; object_key: string | null };

/** One backup. Throws AppError `not_found` where there is none or the actor may not see its server. */
export async function findBackup(actor: Actor, id: string): Promise<BackupEntry & KeptWhere> {
  const row = isUuid(id) ? await visibleBackups(actor).where('b.id', '=', id).executeTakeFirst() : undefined;
  if (row === undefined) throw new AppError('not_found', 'There is no such backup for you.');
  return { ...asEntry(row), place: row.place, object_key: row.object_key };
}

function visibleBackups(actor: Actor) {
  return store()
    .selectFrom('backups as b')
    .innerJoin(accessOf(actor), 'a.server_id', 'b.server_id')
    .innerJoin('jobs as j', 'j.id', 'b.job_id')
    .leftJoin('backup_manifests as m', 'm.backup_id', 'b.id')
    .selectAll('b')
    .select(['j.status', 'j.progress', 'j.activity', 'j.message', 'j.finished_at', 'm.has_sums']);
}

type Row = Awaited<ReturnType<ReturnType<typeof visibleBackups>['executeTakeFirstOrThrow']>>;

function asEntry(row: Row): BackupEntry {
  return {
    ...stateOf(row),
    id: row.id,
    job_id: row.job_id,
    server: row.server,
    database: row.database,
    user: row.username,
    format: row.format,
    contents: row.options.contents,
    compress: row.options.compress,
    relations: row.options.relations,
    encrypt: row.options.encrypt,
    jobs: row.options.jobs,
    destination: row.options.destination,
    has_sums: row.has_sums ?? false,
    size_bytes: row.size_bytes === null ? null : Number(row.size_bytes),
    sha256: row.sha256,
    verified_at: row.verified_at?.toISOString() ?? null,
    proof: row.proof,
    disproof: row.disproof,
    disproved_at: row.disproved_at?.toISOString() ?? null,
    expired_at: row.expired_at?.toISOString() ?? null,
    deleted_by: row.deleted_by,
    missing_at: row.missing_at?.toISOString() ?? null,
    source: row.source,
    created_at: row.created_at.toISOString(),
  };
}

/** A backup is good once its file is whole; what its job does after that adds to it. */
function stateOf({
  whole_at,
  ...job
}: Row): Pick<BackupEntry, 'status' | 'is_summing' | 'progress' | 'activity' | 'message' | 'finished_at'> {
  const { status, progress, activity, message } = job;
  if (whole_at === null) {
    const finished_at = job.finished_at?.toISOString() ?? null;
    return { status, is_summing: false, progress, activity, message, finished_at };
  }
  const finished_at = whole_at.toISOString();
  const is_summing = status === 'running';
  return { status: 'succeeded', is_summing, progress: 1, activity, message: null, finished_at };
}

type NewWork = {
  kind: JobKind;
  server: Pick<Server, 'id' | 'slug'>;
  database: string;
  backupId: string;
  place: string | null;
  /** What a new backup is to be; without it the whole database as an archive. */
  wanted?: WantedBackup;
  /** More that the work needs to know. */
  payload?: Record<string, unknown>;
  /** The schedule that asks for it. */
  scheduleId?: string;
};

/** A backup as it is asked for. */
export type WantedBackup = BackupOptions & { format: BackupFormat };

export type NewBackup = Pick<NewWork, 'server' | 'database' | 'scheduleId'> & { wanted: WantedBackup };

/** All of a database, so that it can be restored and proven. */
export const wholeDatabase: WantedBackup = {
  format: 'custom',
  contents: 'all',
  compress: 'none',
  relations: null,
  encrypt: false,
  jobs: 1,
  destination: 'local',
};

/** Stores a new backup of a database with its job, queued. Throws AppError `conflict` while another is under way. */
export async function insertBackup(
  actor: Pick<Actor, 'userId' | 'username'>,
  backup: NewBackup,
): Promise<{ id: string; job_id: string }> {
  const id = uuidv7();
  const job = { ...backup, kind: 'backup', backupId: id, place: null } as const;
  const job_id = await insertJob(actor, job);
  return { id, job_id };
}

/**
 * Stores a job about a backup and queues it; a backup's own row comes with it. One of a kind and database may be
 * unfinished at a time: throws AppError `conflict` for a second.
 */
export async function insertJob(
  actor: Pick<Actor, 'userId' | 'username'>,
  { backupId, wanted = wholeDatabase, scheduleId, payload = {}, ...job }: NewWork,
): Promise<string> {
  const { kind, server, database } = job;
  const { format, ...options } = wanted;
  return store()
    .transaction()
    .execute(async (db) => {
      const id = await queueJob(db, actor, { ...job, payload: { ...payload, backup_id: backupId } });
      if (kind === 'backup') {
        const subject = { server_id: server.id, server: server.slug, database };
        const user = { user_id: actor.userId, username: actor.username };
        await db
          .insertInto('backups')
          .values({
            id: backupId,
            job_id: id,
            format,
            schedule_id: scheduleId ?? null,
            options: JSON.stringify(options),
            ...user,
            ...subject,
          })
          .execute();
      }
      return id;
    });
}

/** The backup that a job makes or restores. Throws AppError `not_found`. */
export async function loadBackup(id: string) {
  const row = await store().selectFrom('backups').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'The backup is not in the store.');
  return row;
}

type Completed = { place: string; size_bytes: number; sha256: string; source: BackupSource };

/**
 * Records the whole file of a backup, which is a good one from here on. Throws AppError `conflict` when its job was taken
 * for dead meanwhile: what it has written is then swept.
 */
export async function completeBackup(id: string, { source, ...file }: Completed): Promise<void> {
  await store()
    .transaction()
    .execute(async (db) => {
      const job = await db
        .selectFrom('jobs as j')
        .innerJoin('backups as b', 'b.job_id', 'j.id')
        .select('j.id')
        .where('b.id', '=', id)
        .where('j.status', '=', 'running')
        .forShare('j')
        .executeTakeFirst();
      if (job === undefined) throw new AppError('conflict', 'The job of this backup is over already.');
      await db
        .updateTable('backups')
        .set({ ...file, source: JSON.stringify(source), whole_at: sql<Date>`now()` })
        .where('id', '=', id)
        .execute();
    });
}

/** Says how the object of a backup is named, before there is one: what a dead instance left is found by it. */
export async function nameObject(id: string, key: string): Promise<void> {
  await store().updateTable('backups').set({ object_key: key }).where('id', '=', id).execute();
}

/** Bytes of the newest good backup of a database, null when there is none. */
export async function lastBackupSize(serverId: string, database: string): Promise<number | null> {
  const row = await store()
    .selectFrom('backups')
    .select('size_bytes')
    .where('server_id', '=', serverId)
    .where('database', '=', database)
    .where('whole_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : Number(row.size_bytes);
}

/** Of these backups, those whose job ended before their file was whole: what there is of it is left over. */
export async function listFailedBackups(ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await store()
    .selectFrom('backups as b')
    .innerJoin('jobs as j', 'j.id', 'b.job_id')
    .select('b.id')
    .where('b.id', 'in', ids)
    .where('b.whole_at', 'is', null)
    .where('j.status', 'in', ['failed', 'cancelled', 'interrupted'])
    .execute();
  return rows.map(({ id }) => id);
}
