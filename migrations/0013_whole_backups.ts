import { type Kysely, sql } from 'kysely';

/**
 * When a backup's file was whole: from then on it is a good backup, whatever becomes of its job, which may go on to sum
 * what was backed up. Until now a job was over with the file. `version` says how a manifest was taken: what the first kind
 * says of objects and sums can't be compared with what is read now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table backups add column whole_at timestamptz`.execute(db);
  await sql`
    update backups b set whole_at = j.finished_at from jobs j where j.id = b.job_id and j.status = 'succeeded'`.execute(
    db,
  );
  await sql`alter table backup_manifests add column version integer not null default 1`.execute(db);
  await sql`update backup_manifests set has_sums = false`.execute(db);
}
