import 'server-only';
import type pg from 'pg';
import type { RoleTrial } from '../../api-types';

/** What the connected role is and how it came in. Any role may read this of itself. */
export async function describeLogin(client: pg.Client): Promise<RoleTrial> {
  const { rows } = await client.query<{ login: string }>(
    `select pg_catalog.json_build_object(
        'version', pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1),
        'user', session_user, 'database', pg_catalog.current_database(),
        'tls', (select s.version from pg_catalog.pg_stat_ssl s where s.pid = pg_catalog.pg_backend_pid()),
        'is_superuser', r.rolsuper, 'can_create_roles', r.rolsuper or r.rolcreaterole)::pg_catalog.text as login
      from pg_catalog.pg_roles r where r.rolname = session_user`,
  );
  return JSON.parse(rows[0]?.login ?? '{}') as RoleTrial;
}
