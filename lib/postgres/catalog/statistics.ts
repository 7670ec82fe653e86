import 'server-only';
import type pg from 'pg';
import type { DatabaseFacts, IndexHealth, TableHealth } from '../../api-types';

/** How many tables and indexes are answered, the largest. */
const most = 50;

/** Whether nobody holds a relation in ACCESS EXCLUSIVE, as SQL: asking for its size would wait for them. */
export const isFree = (oid: string) => `not exists (select from pg_catalog.pg_locks l where l.granted
  and l.mode = 'AccessExclusiveLock' and l.locktype = 'relation' and l.relation = ${oid})`;

/** The counters of the connected database. Any role may read them. */
export async function readDatabaseFacts(client: pg.Client): Promise<DatabaseFacts> {
  const { rows } = await client.query<{ facts: string }>(
    `select pg_catalog.json_build_object(
        'since', s.stats_reset,
        'cache_hit_ratio', s.blks_hit::float8 / nullif(s.blks_hit + s.blks_read, 0),
        'backends', s.numbackends,
        'max_connections', pg_catalog.current_setting('max_connections')::pg_catalog.int4,
        'size_bytes', case when pg_catalog.has_database_privilege(d.oid, 'CONNECT')
          then pg_catalog.pg_database_size(d.oid) end,
        'deadlocks', s.deadlocks,
        'temp_bytes', s.temp_bytes,
        'xid_age', pg_catalog.age(d.datfrozenxid),
        'xid_limit', pg_catalog.current_setting('autovacuum_freeze_max_age')::pg_catalog.int8)::pg_catalog.text as facts
      from pg_catalog.pg_stat_database s join pg_catalog.pg_database d on d.oid = s.datid
      where d.datname = pg_catalog.current_database()`,
  );
  return JSON.parse(rows[0]?.facts ?? '{}') as DatabaseFacts;
}

/** The largest tables and materialized views with their dead rows. Any role may read this. */
export async function listTableHealth(client: pg.Client): Promise<TableHealth[]> {
  const { rows } = await client.query<{ tables: string }>(
    `select coalesce(pg_catalog.json_agg(t), '[]')::pg_catalog.text as tables from (
        select s.schemaname as schema, s.relname as name,
          case when ${isFree('s.relid')} then pg_catalog.pg_total_relation_size(s.relid) end as total_bytes,
          case when ${isFree('s.relid')} then pg_catalog.pg_indexes_size(s.relid) end as index_bytes,
          s.n_live_tup as live_rows, s.n_dead_tup as dead_rows,
          greatest(s.last_vacuum, s.last_autovacuum) as vacuumed_at,
          greatest(s.last_analyze, s.last_autoanalyze) as analyzed_at
        from pg_catalog.pg_stat_user_tables s
        order by 3 desc nulls last, 1, 2 limit ${most}) t`,
  );
  return JSON.parse(rows[0]?.tables ?? '[]') as TableHealth[];
}

/**
 * Indexes that no scan has used since the counters began and that hold no constraint, and those that are not valid; the
 * largest first. Any role may read this.
 */
export async function listIndexHealth(client: pg.Client): Promise<IndexHealth[]> {
  const { rows } = await client.query<{ indexes: string }>(
    `select coalesce(pg_catalog.json_agg(t), '[]')::pg_catalog.text as indexes from (
        select s.schemaname as schema, s.relname as "table", s.indexrelname as name,
          case when ${isFree('s.relid')} and ${isFree('s.indexrelid')}
            then pg_catalog.pg_relation_size(s.indexrelid) end as size_bytes,
          s.idx_scan as scans, case when i.indisvalid then 'unused' else 'invalid' end as problem
        from pg_catalog.pg_stat_user_indexes s join pg_catalog.pg_index i on i.indexrelid = s.indexrelid
        where not i.indisvalid or (s.idx_scan = 0 and not i.indisunique and not i.indisexclusion and not exists (
          select from pg_catalog.pg_constraint c where c.conindid = i.indexrelid))
        order by i.indisvalid, 4 desc nulls last, 1, 3 limit ${most}) t`,
  );
  return JSON.parse(rows[0]?.indexes ?? '[]') as IndexHealth[];
}
