import { type Kysely, sql } from 'kysely';

/** Long work with progress: one row a job. `progress` is 0…1 from bytes or rows, null where it can't be known. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table jobs (
      id uuid primary key,
      kind text not null,
      status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted')),
      user_id uuid,
      username text not null,
      server_id uuid,
      server text,
      database text,
      payload jsonb not null default '{}',
      progress double precision check (progress between 0 and 1),
      activity text,
      log_tail text not null default '',
      message text,
      instance_id uuid,
      heartbeat_at timestamptz,
      cancel_requested_at timestamptz,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz
    )`.execute(db);
  await sql`create index jobs_created_at_idx on jobs (created_at desc, id)`.execute(db);
  await sql`create index jobs_unfinished_idx on jobs (status) where finished_at is null`.execute(db);
}
