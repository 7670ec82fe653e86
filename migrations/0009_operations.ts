import { type Kysely, sql } from 'kysely';

/** How long statements may run on a server, in milliseconds, where it is not what the environment says for all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table servers
      add column read_timeout_ms integer check (read_timeout_ms between 100 and 3600000),
      add column write_timeout_ms integer check (write_timeout_ms between 100 and 3600000)`.execute(db);
}
