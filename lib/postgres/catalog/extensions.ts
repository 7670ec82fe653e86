import 'server-only';
import type pg from 'pg';
import type { ExtensionSummary } from '../../api-types';

/** The extensions that a database has, by name, with the version that its server would install today. */
export async function listExtensions(client: pg.Client): Promise<ExtensionSummary[]> {
  const { rows } = await client.query<ExtensionSummary>(
    `select e.extname as name,
        e.extversion as version,
        a.default_version,
        n.nspname as schema,
        pg_catalog.obj_description(e.oid, 'pg_extension') as comment
      from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      left join pg_catalog.pg_available_extensions a on a.name = e.extname
      order by e.extname`,
  );
  return rows;
}
