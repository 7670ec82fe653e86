import { type Kysely, sql } from 'kysely';

/**
 * Backups and what their jobs need. A backup's status is its job's. `place` names where the file is
 * (`file:<folder's id>`), null until it is whole. `swept_at` says that nothing of an ended job runs any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table jobs add column result jsonb, add column swept_at timestamptz`.execute(db);
  await sql`
    create unique index jobs_one_at_a_time on jobs (kind, server_id, database) where finished_at is null`.execute(
    db,
  );
  await sql`create index jobs_unswept_idx on jobs (finished_at) where swept_at is null`.execute(db);
  await sql`
    create table backups (
      id uuid primary key,
      job_id uuid not null unique references jobs (id),
      server_id uuid not null,
      server text not null,
      database text not null,
      user_id uuid not null,
      username text not null,
      format text not null check (format in ('custom')),
      place text,
      size_bytes bigint,
      sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
      source jsonb,
      verified_at timestamptz,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index backups_database_idx on backups (server_id, database, id)`.execute(db);
}
