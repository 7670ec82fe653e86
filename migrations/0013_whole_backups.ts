import { type Kysely, sql } from 'kysely';

/**
 * When a backup's file was whole: from then on it is a good backup, whatever becomes of its job, which may go on to sum
 * what was backed up. Until now a job was over with the file.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table backups add column whole_at timestamptz`.execute(db);
  await sql`
    update backups b set whole_at = j.finished_at from jobs j where j.id = b.job_id and j.status = 'succeeded'`.execute(
    db,
  );
}
