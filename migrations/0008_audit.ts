import { type Kysely, sql } from 'kysely';

/**
 * The audit log: who changed what, from where, and what came of it. Insert-only and partitioned like the query history.
 * The first row of an event has its own id as `event_id`; work that was begun has a second row for its end. No foreign
 * keys: an event outlives the user and the server that it names. And the seals over it and the query history
 * (lib/store/seal.ts), with the marks by which Howdah knows its own rows.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      id uuid primary key,
      event_id uuid not null,
      kind text not null check (kind in ('user', 'system', 'security')),
      action text not null,
      result text not null check (result in ('started', 'succeeded', 'failed', 'refused')),
      error_code text,
      user_id uuid,
      username text not null,
      via text not null,
      subject_kind text not null,
      subject text not null,
      server text,
      database text,
      address text,
      user_agent text,
      detail jsonb not null default '{}',
      instance_id uuid not null,
      mark bytea,
      at timestamptz not null default clock_timestamp()
    ) partition by range (id)`.execute(db);
  await sql`create index audit_log_event_idx on audit_log (event_id)`.execute(db);
  await sql`create index audit_log_user_idx on audit_log (username, id)`.execute(db);
  await sql`create index audit_log_at_idx on audit_log (at)`.execute(db);
  await sql`
    create trigger insert_only before update or delete on audit_log
    for each row execute function refuse_change()`.execute(db);
  await sql`
    create trigger insert_only_truncate before truncate on audit_log
    for each statement execute function refuse_change()`.execute(db);
  await partitions(db);
  await seals(db);
}

/**
 * One row a batch of rows of one log: their ids, the SHA-256 of each (32 bytes, one after the other), the hash of the
 * seal before, and a signature. `scanned_to` is the time up to which the log was looked through.
 */
async function seals(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table seals (
      height bigint primary key check (height > 0),
      log text not null check (log in ('genesis', 'query_history', 'query_outcome', 'audit_log')),
      ids uuid[] not null,
      digests bytea not null,
      scanned_to timestamptz not null,
      sealed_at timestamptz not null,
      previous bytea not null,
      hash bytea not null,
      key bytea not null,
      signature bytea not null,
      endorsement bytea
    )`.execute(db);
  await sql`create index seals_log_idx on seals (log, scanned_to)`.execute(db);
  await sql`
    create trigger insert_only before update or delete on seals
    for each row execute function refuse_change()`.execute(db);
  await sql`
    create trigger insert_only_truncate before truncate on seals
    for each statement execute function refuse_change()`.execute(db);
  await sql`alter table query_history add column mark bytea`.execute(db);
  await sql`alter table query_outcome add column mark bytea`.execute(db);
  await sql`create index query_history_started_at_idx on query_history (started_at)`.execute(db);
  await sql`create index query_outcome_finished_at_idx on query_outcome (finished_at)`.execute(db);
}

/** `ensure_history_partitions()` as in 0003, now for the audit log too. */
async function partitions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function ensure_history_partitions() returns void language plpgsql security definer
    set search_path = public, pg_catalog, pg_temp as $$
    declare
      parent text;
      month timestamptz;
      partition text;
    begin
      perform pg_advisory_xact_lock(hashtextextended('howdah.history_partitions', 0));
      foreach parent in array array['query_history', 'query_outcome', 'audit_log'] loop
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
  await sql`create table audit_log_default partition of audit_log default`.execute(db);
  await sql`
    create trigger insert_only_truncate before truncate on audit_log_default
    for each statement execute function refuse_change()`.execute(db);
  await sql`select ensure_history_partitions()`.execute(db);
}
