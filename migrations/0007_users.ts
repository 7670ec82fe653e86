import { type Kysely, sql } from 'kysely';

/**
 * What users need beside a name and a password: preferences, an identity at an OIDC provider, one-time links, API keys; and
 * what slows guessing down. Tokens are stored as their SHA-256 only.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table users
      add column time_zone text,
      add column theme text check (theme in ('light', 'dark', 'system')),
      add column oidc_issuer text,
      add column oidc_subject text,
      add column signed_in_at timestamptz,
      add constraint users_oidc_check check ((oidc_issuer is null) = (oidc_subject is null))`.execute(db);
  await sql`create unique index users_oidc_key on users (oidc_issuer, oidc_subject)`.execute(db);
  await links(db);
  await sql`
    create table api_keys (
      id uuid primary key,
      token_hash bytea not null unique,
      user_id uuid not null references users (id) on delete cascade,
      name text not null check (name <> ''),
      role text not null check (role in ('reviewer', 'developer', 'admin')),
      server_ids uuid[],
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
  await sql`create index api_keys_user_id_idx on api_keys (user_id)`.execute(db);
  await sql`
    create table throttles (
      subject bytea primary key,
      failures integer not null,
      attempted_at timestamptz not null,
      blocked_until timestamptz not null
    )`.execute(db);
}

/** `setup` makes the first admin, and belongs to nobody; the others let their user choose a password. */
async function links(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table one_time_links (
      id uuid primary key,
      token_hash bytea not null unique,
      kind text not null check (kind in ('setup', 'invite', 'reset')),
      user_id uuid references users (id) on delete cascade,
      created_by uuid references users (id) on delete set null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      check ((kind = 'setup') = (user_id is null))
    )`.execute(db);
  await sql`create index one_time_links_user_id_idx on one_time_links (user_id)`.execute(db);
}
