import { type Kysely, sql } from 'kysely';

/**
 * The query history: the intent of each run and its one outcome, both insert-only and partitioned by id
 * (UUIDv7) at month bounds. No foreign keys: a run outlives the user and the server that it names.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table instances (
      id uuid primary key,
      hostname text not null,
      pid integer not null,
      version text not null,
      started_at timestamptz not null default now(),
      heartbeat_at timestamptz not null default now(),
      stopped_at timestamptz,
      reconciled_at timestamptz
    )`.execute(db);
  await sql`
    create table query_history (
      id uuid primary key,
      script_id uuid not null,
      statement integer not null,
      kind text not null,
      user_id uuid not null,
      username text not null,
      server_id uuid not null,
      server text not null,
      database text not null,
      level text not null,
      pid integer,
      instance_id uuid not null,
      sql text not null,
      params jsonb,
      started_at timestamptz not null default clock_timestamp()
    ) partition by range (id)`.execute(db);
  await sql`
    create table query_outcome (
      history_id uuid primary key,
      status text not null check (status in ('succeeded', 'failed', 'cancelled', 'timeout', 'unknown')),
      rows bigint,
      bytes bigint,
      duration_ms double precision,
      sqlstate text,
      message text,
      finished_at timestamptz not null default clock_timestamp()
    ) partition by range (history_id)`.execute(db);
  await sql`create index query_history_script_id_idx on query_history (script_id)`.execute(db);
  await sql`create index query_history_server_idx on query_history (server_id, database, id)`.execute(db);
  await sql`create index query_history_user_idx on query_history (user_id, id)`.execute(db);
  await insertOnly(db);
  await partitions(db);
}

/** Refuses UPDATE, DELETE and TRUNCATE for everyone, the owner of the tables included. */
async function insertOnly(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is insert-only: % is refused', tg_table_name, tg_op using errcode = '42501';
    end $$`.execute(db);
  for (const table of ['query_history', 'query_outcome']) {
    await sql`
      create trigger insert_only before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger insert_only_truncate before truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
}

/**
 * `ensure_history_partitions()` makes the partitions of this month and the next two. It runs with its owner's
 * rights, so that howdah_app needs none to create tables. Rows of a month without a partition go to the default.
 */
async function partitions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function uuid_at(moment timestamptz) returns uuid language sql immutable strict
    set search_path = pg_catalog, pg_temp as $$
      select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
    $$`.execute(db);
  await sql`
    create function ensure_history_partitions() returns void language plpgsql security definer
    set search_path = public, pg_catalog, pg_temp as $$
    declare
      parent text;
      month timestamptz;
      partition text;
    begin
      perform pg_advisory_xact_lock(hashtextextended('howdah.history_partitions', 0));
      foreach parent in array array['query_history', 'query_outcome'] loop
        for step in 0..2 loop
          month := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => step)) at time zone 'UTC';
          partition := parent || '_' || to_char(month at time zone 'UTC', 'YYYY_MM');
          if to_regclass(partition) is null then
            execute format('create table %I partition of %I for values from (%L) to (%L)', partition, parent,
              uuid_at(month), uuid_at((month at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
            execute format('create trigger insert_only_truncate before truncate on %I
              for each statement execute function refuse_change()', partition);
          end if;
        end loop;
      end loop;
    end $$`.execute(db);
  for (const parent of ['query_history', 'query_outcome']) {
    const partition = `${parent}_default`;
    await sql`create table ${sql.table(partition)} partition of ${sql.table(parent)} default`.execute(db);
    await sql`
      create trigger insert_only_truncate before truncate on ${sql.table(partition)}
      for each statement execute function refuse_change()`.execute(db);
  }
  await sql`select ensure_history_partitions()`.execute(db);
}
