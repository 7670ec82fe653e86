import { sql } from 'kysely';
import { type Column, type Db, type Relation, timeNames as times } from './tool';

/** A table whose columns or name look like a history's, and what the connected role may do with it. */
export type Candidate = Relation & {
  role: string;
  /** Whether the role may use the schema. */
  isReachable: boolean;
  /** Whether row security may hide rows from the role. */
  hasRowSecurity: boolean;
};

/** Candidates that one question answers at most. */
const candidateLimit = 2_000;

type Row = {
  schema: string;
  name: string;
  role: string;
  reachable: string;
  row_security: string;
  columns: string;
};

/**
 * The tables of all schemas that may be migration histories: first those with one of the `usualNames`, then those
 * with the columns that a tool can't do without. Partitions and the system's schemas are left out. One pass over
 * pg_attribute.
 */
export async function listCandidates(db: Db, usualNames: readonly string[]): Promise<Candidate[]> {
  const { rows } = await sql<Row>`
    with marked as (
      select a.attrelid as oid
      from pg_catalog.pg_attribute a
      where a.attnum > 0 and not a.attisdropped
        and a.attname in ('version_num', 'installed_rank', 'app', 'name', 'timestamp', 'version', ${sql.join(times)})
      group by a.attrelid
      having pg_catalog.bool_or(a.attname in ('version_num', 'installed_rank'))
        or (pg_catalog.bool_or(a.attname = 'app') and pg_catalog.bool_or(a.attname = 'applied'))
        or (pg_catalog.bool_or(a.attname = 'name') and pg_catalog.bool_or(a.attname = 'timestamp'))
        or (pg_catalog.bool_or(a.attname = 'version') and pg_catalog.bool_or(a.attname in (${sql.join(times)})))
    )
    select n.nspname as schema,
      c.relname as name,
      current_user::pg_catalog.text as role,
      pg_catalog.has_schema_privilege(n.oid, 'USAGE')::pg_catalog.text as reachable,
      pg_catalog.row_security_active(c.oid)::pg_catalog.text as row_security,
      (
        select pg_catalog.json_agg(pg_catalog.json_build_object(
            'name', a.attname,
            'type', case when t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace then t.typname end,
            'isReadable', pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
            'isUnique', exists (
              select from pg_catalog.pg_index i
              where i.indrelid = c.oid and i.indisunique and i.indnkeyatts = 1 and i.indkey[0] = a.attnum
                and i.indpred is null
            )
          ) order by a.attnum)
        from pg_catalog.pg_attribute a
        join pg_catalog.pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      )::pg_catalog.text as columns
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and (
        pg_catalog.lower(c.relname) in (${sql.join(usualNames)})
        or (c.relnatts <= 32 and exists (select from marked m where m.oid = c.oid))
      )
    order by pg_catalog.lower(c.relname) in (${sql.join(usualNames)}) desc, n.nspname, c.relname
    limit ${candidateLimit}`.execute(db);
  return rows.map(({ schema, name, role, reachable, row_security, columns }) => ({
    schema,
    name,
    role,
    isReachable: reachable === 'true',
    hasRowSecurity: row_security === 'true',
    columns: (JSON.parse(columns ?? '[]') ?? []) as Column[],
  }));
}
