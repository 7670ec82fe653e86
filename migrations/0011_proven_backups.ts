import { type Kysely, sql } from 'kysely';

/**
 * What makes a backup worth its name: what its database held when it was taken (`backup_manifests.content` is gzipped
 * JSON), which restore has proven it (`proof`), or what one found wrong (`disproof`), the admin's check
 * queries, and what a backup was asked to hold (`options`).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table backups add column proof jsonb, add column disproof text, add column disproved_at timestamptz`.execute(
    db,
  );
  await sql`alter table backups drop constraint backups_format_check`.execute(db);
  await sql`
    alter table backups add check (format in ('custom', 'plain')),
      add column options jsonb not null
        default '{"contents": "all", "compress": "none", "relations": null, "encrypt": false}'`.execute(db);
  await sql`
    create table backup_manifests (
      backup_id uuid primary key references backups (id),
      content bytea not null,
      has_sums boolean not null
    )`.execute(db);
  await sql`
    create table check_queries (
      id uuid primary key,
      server_id uuid not null,
      database text not null,
      name text not null,
      sql text not null,
      username text not null,
      created_at timestamptz not null default now(),
      unique (server_id, database, name)
    )`.execute(db);
  await schedules(db);
}

/**
 * When a database is backed up, and when its newest backup is proven: `next_at` is claimed by one instance. What became of
 * each run is kept in `schedule_runs`, those that nobody was there to begin among them.
 */
async function schedules(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table backup_schedules (
      id uuid primary key,
      server_id uuid not null,
      server text not null,
      database text not null,
      kind text not null check (kind in ('backup', 'verify')),
      cron text not null,
      time_zone text not null,
      wanted jsonb not null,
      keep jsonb,
      next_at timestamptz not null,
      user_id uuid not null,
      username text not null,
      created_at timestamptz not null default now(),
      unique (server_id, database, kind)
    )`.execute(db);
  await sql`
    create table schedule_runs (
      schedule_id uuid not null references backup_schedules (id) on delete cascade,
      due_at timestamptz not null,
      outcome text not null check (outcome in ('begun', 'missed', 'refused')),
      job_id uuid,
      message text,
      at timestamptz not null default now(),
      primary key (schedule_id, due_at)
    )`.execute(db);
  await sql`
    alter table backups add column schedule_id uuid, add column expired_at timestamptz`.execute(db);
  await alerts(db);
}

/** What is wrong with the backups of a database, once for as long as it lasts, and who has been told. */
async function alerts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table alerts (
      id uuid primary key,
      kind text not null check (kind in ('missing', 'failed', 'late', 'unproven')),
      server_id uuid not null,
      server text not null,
      database text not null,
      message text not null,
      raised_at timestamptz not null default now(),
      resolved_at timestamptz,
      told_at timestamptz,
      tried_at timestamptz,
      tries integer not null default 0,
      problem text
    )`.execute(db);
  await sql`
    create unique index alerts_open_idx on alerts (kind, server_id, database) where resolved_at is null`.execute(
    db,
  );
}
