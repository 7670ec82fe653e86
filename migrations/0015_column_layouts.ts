import { type Kysely, sql } from 'kysely';

/**
 * How a user has arranged the columns of a relation's grid. Relations and columns are known by name: what is renamed or
 * dropped on the server leaves an arrangement that finds nothing, and breaks nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table column_layouts (
      user_id uuid not null references users (id) on delete cascade,
      server_id uuid not null references servers (id) on delete cascade,
      database text not null,
      schema text not null,
      relation text not null,
      columns jsonb not null check (jsonb_typeof(columns) = 'array' and octet_length(columns::text) <= 262144),
      changed_at timestamptz not null default now(),
      primary key (user_id, server_id, database, schema, relation)
    )`.execute(db);
}
