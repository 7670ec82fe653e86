import { type Kysely, sql } from 'kysely';

/** Runs that somebody has asked another instance to cancel: the one that runs them sees only what PostgreSQL says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table run_cancels (
      history_id uuid primary key,
      user_id uuid not null,
      requested_at timestamptz not null default now()
    )`.execute(db);
}
