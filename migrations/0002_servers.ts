import { type Kysely, sql } from 'kysely';

/** The PostgreSQL servers under administration and who may use them. `*_secret` is AES-256-GCM (lib/store/secrets.ts). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table servers (
      id uuid primary key,
      slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
      name text not null,
      environment text not null check (environment in ('production', 'staging', 'development')),
      host text not null,
      port integer not null check (port between 1 and 65535),
      tls_mode text not null check (tls_mode in ('disable', 'require', 'verify-ca', 'verify-full')),
      tls_ca text,
      default_database text not null,
      read_user text,
      read_secret text,
      write_user text,
      write_secret text,
      owner_user text,
      owner_secret text,
      connection_budget integer not null default 5 check (connection_budget between 1 and 100),
      system_identifier text,
      disabled_at timestamptz,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table server_access (
      user_id uuid not null references users (id) on delete cascade,
      server_id uuid not null references servers (id) on delete cascade,
      level text not null check (level in ('read', 'write', 'owner')),
      created_at timestamptz not null default now(),
      primary key (user_id, server_id)
    )`.execute(db);
}
