import { type Kysely, sql } from 'kysely';

/**
 * What the levels of a server may reach: the schemas that an admin chose, the columns that are masked there, and what
 * was last found when the wall was tried. `*_closed` says why a level does not exist on a server though its role does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table servers add column read_closed text, add column write_closed text`.execute(db);
  await sql`
    create table server_schemas (
      server_id uuid not null references servers (id) on delete cascade,
      database text not null,
      schema text not null,
      created_at timestamptz not null default now(),
      primary key (server_id, database, schema)
    )`.execute(db);
  await sql`
    create table masks (
      server_id uuid not null references servers (id) on delete cascade,
      database text not null,
      schema text not null,
      relation text not null,
      column_name text not null,
      created_at timestamptz not null default now(),
      primary key (server_id, database, schema, relation, column_name)
    )`.execute(db);
  await sql`
    create table walls (
      server_id uuid primary key references servers (id) on delete cascade,
      steps jsonb not null default '[]',
      grants jsonb not null default '[]',
      levels jsonb not null default '[]',
      synced_at timestamptz,
      checked_at timestamptz
    )`.execute(db);
}
