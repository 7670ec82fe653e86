import 'server-only';
import type pg from 'pg';
import type { Backend } from '../../api-types';

export type SeenBackend = Omit<Backend, 'work' | 'no_cancel' | 'no_terminate'>;

/** Characters of a query that are shown. */
const queryLimit = 10_000;

/**
 * The backends of the whole server and its clock, without the asking one. PostgreSQL shows a role the state, the start and
 * the query of its own backends and of roles that it is a member of; a superuser, or one with pg_read_all_stats, sees all.
 * Who waits for whom everybody sees.
 */
export async function listBackends(client: pg.Client): Promise<{ at: string; items: SeenBackend[] }> {
  const { rows } = await client.query<{ at: string; items: string }>(
    `with waiting as (select distinct l.pid from pg_catalog.pg_locks l where not l.granted)
      select pg_catalog.to_json(pg_catalog.clock_timestamp()) #>> '{}' as at,
        coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
          'pid', a.pid,
          'started_at', a.backend_start,
          'type', a.backend_type,
          'user', a.usename,
          'database', a.datname,
          'application', coalesce(a.application_name, ''),
          'client', coalesce(pg_catalog.host(a.client_addr), case when a.client_port = -1 then 'socket' end),
          'state', a.state,
          'wait', a.wait_event_type || ': ' || a.wait_event,
          'transaction_at', a.xact_start,
          'query_at', a.query_start,
          'query', case when a.backend_start is not null then pg_catalog.left(a.query, ${queryLimit}) end,
          'is_hidden', a.backend_start is null,
          'blocked_by', case when w.pid is null then '[]'::pg_catalog.json
            else pg_catalog.to_json(pg_catalog.pg_blocking_pids(a.pid)) end)
          order by a.query_start nulls last, a.pid), '[]')::pg_catalog.text as items
      from pg_catalog.pg_stat_activity a left join waiting w on w.pid = a.pid
      where a.pid <> pg_catalog.pg_backend_pid()`,
  );
  const [row] = rows;
  return { at: row?.at ?? '', items: JSON.parse(row?.items ?? '[]') as SeenBackend[] };
}
