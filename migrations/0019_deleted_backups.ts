import { type Kysely, sql } from 'kysely';

/** Who had a backup's file deleted; null where a schedule keeps it no longer, or it is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table backups add column deleted_by text`.execute(db);
}
