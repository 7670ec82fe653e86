import 'server-only';
import type pg from 'pg';
import type { SchemaSummary } from '../../api-types';

/** The schemas of a database by name, PostgreSQL's own last; those of temporary and TOAST tables left out. */
export async function listSchemas(client: pg.Client): Promise<SchemaSummary[]> {
  const { rows } = await client.query<Omit<SchemaSummary, 'is_system'> & { is_system: string }>(
    `select n.nspname as name,
        pg_catalog.pg_get_userbyid(n.nspowner) as owner,
        n.nspname ~ '^pg_' or n.nspname = 'information_schema' as is_system,
        pg_catalog.obj_description(n.oid, 'pg_namespace') as comment
      from pg_catalog.pg_namespace n
      where n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
      order by is_system, n.nspname`,
  );
  return rows.map((row) => ({ ...row, is_system: row.is_system === 't' }));
}
