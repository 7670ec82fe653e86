import 'server-only';
import type pg from 'pg';
import type { LockHolder } from '../../api-types';
import type { DatabaseMaintenance, MaintainedTable } from '../../sql/maintain-database';
import { isFree } from './statistics';

export type TableToMaintain = MaintainedTable & {
  oid: string;
  /** Null while another session holds the table in ACCESS EXCLUSIVE. */
  size_bytes: number | null;
  /** Whether the role may maintain it. */
  is_own: boolean;
};

/**
 * The tables of the connected database that maintenance goes through, the largest first. Those of PostgreSQL itself are among
 * them where the role may maintain them, but for REINDEX. The owner of a database may vacuum every table in it, and reindex
 * one by one only what is theirs.
 */
export async function listTablesToMaintain(
  client: pg.Client,
  { action }: DatabaseMaintenance,
): Promise<TableToMaintain[]> {
  const { rows } = await client.query<{ tables: string }>(
    `select coalesce(pg_catalog.json_agg(t), '[]')::pg_catalog.text as tables from (
        select c.oid::pg_catalog.text as oid, n.nspname as schema, c.relname as name, c.relispartition as is_partition,
          case c.relkind when 'p' then 'partitioned_table' when 'm' then 'materialized_view' else 'table' end as kind,
          case when ${isFree('c.oid')} then pg_catalog.pg_total_relation_size(c.oid) end as size_bytes,
          (select pg_catalog.count(*) from pg_catalog.pg_index i where i.indrelid = c.oid) as indexes, o.is_own
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_database d on d.datname = pg_catalog.current_database()
        join pg_catalog.pg_roles r on r.rolname = current_user
        cross join lateral (select r.rolsuper or pg_catalog.pg_has_role(c.relowner, 'USAGE')
          or ($1 <> 'reindex' and not c.relisshared and pg_catalog.pg_has_role(d.datdba, 'USAGE'))
          or case when pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 170000
            then pg_catalog.has_table_privilege(c.oid, 'MAINTAIN') else false end as is_own) o
        where c.relkind in ('r', 'm', 'p') and c.relpersistence <> 't'
          and (n.nspname not in ('pg_catalog', 'information_schema') or ($1 <> 'reindex' and o.is_own))
        order by 6 desc nulls first, 2, 3) t`,
    [action],
  );
  return JSON.parse(rows[0]?.tables ?? '[]') as TableToMaintain[];
}

/** Who holds a lock of `modes` on tables or their indexes, each with the first table that they hold, 50 at most. */
export async function listLockHolders(
  client: pg.Client,
  oids: string[],
  modes: string[],
): Promise<LockHolder[]> {
  const { rows } = await client.query<{ holders: string }>(
    `select coalesce(pg_catalog.json_agg(t), '[]')::pg_catalog.text as holders from (
        select h.pid, a.usename as "user", a.state, h.mode, pg_catalog.left(a.query, 500) as query, h.relation
        from (select l.pid, pg_catalog.max(l.mode) as mode,
            pg_catalog.min(coalesce(i.indrelid, l.relation)::pg_catalog.regclass::pg_catalog.text) as relation
          from pg_catalog.pg_locks l left join pg_catalog.pg_index i on i.indexrelid = l.relation
          where l.granted and l.locktype = 'relation' and l.mode = any ($2::pg_catalog.text[])
            and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
            and coalesce(i.indrelid, l.relation) = any ($1::pg_catalog.oid[])
            and l.pid <> pg_catalog.pg_backend_pid()
          group by l.pid) h
        left join pg_catalog.pg_stat_activity a on a.pid = h.pid
        order by h.pid limit 50) t`,
    [oids, modes],
  );
  return JSON.parse(rows[0]?.holders ?? '[]') as LockHolder[];
}

/** Backends of the connected database whose snapshot is older than two seconds: CONCURRENTLY waits for all of them. */
export async function listOldSnapshots(client: pg.Client): Promise<LockHolder[]> {
  const { rows } = await client.query<{ holders: string }>(
    `select coalesce(pg_catalog.json_agg(t), '[]')::pg_catalog.text as holders from (
        select a.pid, a.usename as "user", a.state, 'an old snapshot' as mode, pg_catalog.left(a.query, 500) as query
        from pg_catalog.pg_stat_activity a
        where a.datname = pg_catalog.current_database() and a.backend_xmin is not null
          and a.pid <> pg_catalog.pg_backend_pid() and a.xact_start < pg_catalog.now() - interval '2 seconds'
        order by a.xact_start limit 20) t`,
  );
  return JSON.parse(rows[0]?.holders ?? '[]') as LockHolder[];
}
