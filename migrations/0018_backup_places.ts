import { type Kysely, sql } from 'kysely';

/**
 * Backups in the directory format, and in an object store: where each was to go (`options.destination`), how many jobs took
 * it (`options.jobs`), and the name of its object, which is known before the upload begins. `removed_at` says that
 * nothing is left of one that expired, `missing_at` since when the file of one is not where it was put.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table backups add column object_key text,
      add column removed_at timestamptz, add column missing_at timestamptz`.execute(db);
  await sql`alter table backups drop constraint backups_format_check`.execute(db);
  await sql`alter table backups add check (format in ('custom', 'directory', 'plain'))`.execute(db);
  await sql`
    update backups set options = options || '{"jobs": 1, "destination": "local"}', removed_at = expired_at`.execute(
    db,
  );
  await sql`
    alter table backups alter column options set default
      '{"contents": "all", "compress": "none", "relations": null, "encrypt": false, "jobs": 1, "destination": "local"}'`.execute(
    db,
  );
  await sql`
    update backup_schedules set wanted = wanted || '{"jobs": 1, "destination": "local"}'`.execute(db);
}
