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
        default '{"contents": "all", "compress": "none", "relations": null}'`.execute(db);
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
}
