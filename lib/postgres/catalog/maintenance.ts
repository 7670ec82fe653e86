import 'server-only';
import type pg from 'pg';
import type { LockHolder } from '../../api-types';
import type { MaintenanceSubject } from '../../sql/maintenance';

export type MaintenanceFacts = {
  oid: string;
  /** The table itself, or that of the index. */
  table: string;
  size_bytes: number;
  indexes: number;
  is_invalid: boolean;
  holders: LockHolder[];
};

/**
 * The facts about a relation or index that is to be maintained, and who holds a lock of `modes` on its table or indexes.
 * Null where there is none. Needs a role that sees other backends to name what they do.
 */
export async function describeSubject(
  client: pg.Client,
  { schema, name, kind }: MaintenanceSubject,
  modes: string[],
): Promise<MaintenanceFacts | null> {
  const { rows } = await client.query<{ facts: string }>(
    `with subject as (
        select c.oid, coalesce(i.indrelid, c.oid) as "table", coalesce(not i.indisvalid, false) as is_invalid
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        left join pg_catalog.pg_index i on i.indexrelid = c.oid
        where n.nspname = $1 and c.relname = $2 and c.relkind = any ($3::"char"[]))
      select pg_catalog.json_build_object(
        'oid', s.oid::pg_catalog.text, 'table', s."table"::pg_catalog.text, 'is_invalid', s.is_invalid,
        'size_bytes', pg_catalog.pg_total_relation_size(s.oid),
        'indexes', (select pg_catalog.count(*) from pg_catalog.pg_index i where i.indrelid = s."table"),
        'holders', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object('pid', h.pid, 'user', a.usename,
            'state', a.state, 'mode', h.mode, 'query', pg_catalog.left(a.query, 500)))
          from (select l.pid, pg_catalog.max(l.mode) as mode from pg_catalog.pg_locks l
            where l.granted and l.locktype = 'relation' and l.mode = any ($4::pg_catalog.text[])
              and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
              and (l.relation = s."table" or l.relation in
                (select i.indexrelid from pg_catalog.pg_index i where i.indrelid = s."table"))
              and l.pid <> pg_catalog.pg_backend_pid()
            group by l.pid) h
          left join pg_catalog.pg_stat_activity a on a.pid = h.pid), '[]'))::pg_catalog.text as facts
      from subject s`,
    [schema, name, kind === 'index' ? ['i', 'I'] : ['r', 'm', 'p'], modes],
  );
  return rows[0] === undefined ? null : (JSON.parse(rows[0].facts) as MaintenanceFacts);
}

export type IndexName = { schema: string; name: string };

/** The indexes of a table that are not valid: no query uses them, and every change still pays for them. */
export async function listInvalidIndexes(client: pg.Client, table: string): Promise<IndexName[]> {
  const { rows } = await client.query<IndexName>(
    `select n.nspname as schema, c.relname as name from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where i.indrelid = $1 and not i.indisvalid order by 1, 2`,
    [table],
  );
  return rows;
}
