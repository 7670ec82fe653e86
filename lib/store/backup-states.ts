import 'server-only';
import { sql } from 'kysely';
import type { BackupState, JobStatus } from '../job-types';
import { store } from './db';

type Row = {
  server: string;
  database: string;
  last: { id: string; at: string; size_bytes: number } | null;
  attempt: { job_id: string; status: JobStatus; at: string; message: string | null } | null;
  proven_at: Date | null;
  disproof: string | null;
  next_at: Date | null;
  first_due_at: Date | null;
  missed_at: Date | null;
  sizes: number[] | null;
};

/**
 * What is known of the backups of every database that was ever backed up or has a schedule: of the servers that a user may
 * see, or of all for Howdah's own housekeeping.
 */
export async function listBackupFacts(userId: string | null): Promise<Omit<BackupState, 'problems'>[]> {
  const { rows } = await sql<Row>`
    with subject as (
      select server_id, database from backups union select server_id, database from backup_schedules
    ), good as (
      select b.* from backups b
      where b.whole_at is not null and b.expired_at is null and b.missing_at is null
        and b.format in ('custom', 'directory')
        and b.options ->> 'contents' = 'all' and b.options -> 'relations' = 'null'::jsonb
    )
    select v.slug as server, s.database, last.last, attempt.attempt, last.disproof,
      (select max(verified_at) from good g where g.server_id = s.server_id and g.database = s.database) as proven_at,
      plan.next_at, missed.due_at as missed_at, sizes.sizes, coalesce(
        (select min(r.due_at) from schedule_runs r where r.schedule_id = plan.id), plan.next_at) as first_due_at
    from subject s
    join servers v on v.id = s.server_id and v.disabled_at is null
    left join lateral (
      select jsonb_build_object('id', g.id, 'at', to_char(g.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'size_bytes', g.size_bytes) as last, g.disproof
      from good g where g.server_id = s.server_id and g.database = s.database order by g.id desc limit 1
    ) last on true
    left join lateral (
      select jsonb_build_object('job_id', j.id, 'status', j.status, 'message', j.message,
        'at', to_char(j.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as attempt
      from jobs j where j.kind = 'backup' and j.server_id = s.server_id and j.database = s.database
      order by j.id desc limit 1
    ) attempt on true
    left join backup_schedules plan on plan.server_id = s.server_id and plan.database = s.database
      and plan.kind = 'backup'
    left join lateral (
      select r.due_at from schedule_runs r where r.schedule_id = plan.id and r.outcome <> 'begun'
      order by r.due_at desc limit 1
    ) missed on true
    left join lateral (
      select jsonb_agg(size_bytes order by id) as sizes from (
        select g.id, g.size_bytes from good g
        where g.server_id = s.server_id and g.database = s.database order by g.id desc limit 10) newest
    ) sizes on true
    where ${userId}::uuid is null or exists (
      select from server_access a where a.server_id = s.server_id and a.user_id = ${userId}::uuid)
    order by v.slug, s.database`.execute(store());
  return rows.map(({ proven_at, next_at, missed_at, first_due_at, sizes, ...row }) => ({
    ...row,
    proven_at: proven_at?.toISOString() ?? null,
    next_at: next_at?.toISOString() ?? null,
    missed_at: missed_at?.toISOString() ?? null,
    first_due_at: first_due_at?.toISOString() ?? null,
    sizes: sizes ?? [],
  }));
}
