import 'server-only';
import type pg from 'pg';
import type { RelationPolicy } from '../../api-types';

/** The row-level security policies of a table by name. They count only where row security is switched on. */
export async function listPolicies(client: pg.Client, oid: string): Promise<RelationPolicy[]> {
  const { rows } = await client.query<{ policy: string }>(
    `select pg_catalog.json_build_object(
          'name', p.polname,
          'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
            when 'd' then 'delete' else 'all' end,
          'roles', array(select case r.oid when 0 then 'public' else pg_catalog.pg_get_userbyid(r.oid)::pg_catalog.text end
            from pg_catalog.unnest(p.polroles) r (oid) order by 1),
          'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
          'check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
          'permissive', p.polpermissive) as policy
      from pg_catalog.pg_policy p
      where p.polrelid = $1
      order by p.polname`,
    [oid],
  );
  return rows.map((row) => JSON.parse(row.policy) as RelationPolicy);
}
