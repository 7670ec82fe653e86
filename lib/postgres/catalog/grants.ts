import 'server-only';
import type pg from 'pg';

/** A relation as grants see it, with the columns that matter for them. */
export type GrantableRelation = {
  oid: string;
  schema: string;
  name: string;
  /** pg_class.relkind. */
  kind: string;
  /** What each role was granted on the whole relation, by the role's name: `SELECT`, … */
  granted: Record<string, string[]>;
  /** What each role was granted on columns alone, by the role's name and then the privilege. */
  columns: Record<string, Record<string, string[]>>;
};

/** A schema that is not the system's, with what each role may do in it by a grant of its own. */
export type GrantableSchema = { name: string; granted: Record<string, string[]> };

const ofRoles = 'join pg_catalog.pg_roles r on r.oid = x.grantee and r.rolname = any ($1::pg_catalog.text[])';

const userSchemas = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** The schemas of a database with the grants of `roles`. Any role may read this. */
export async function listSchemaGrants(client: pg.Client, roles: string[]): Promise<GrantableSchema[]> {
  const { rows } = await client.query<{ name: string; granted: string }>(
    `select n.nspname as name, coalesce((select pg_catalog.json_object_agg(g.rolname, g.privileges) from (
          select r.rolname, pg_catalog.json_agg(x.privilege_type) as privileges
          from pg_catalog.aclexplode(n.nspacl) x ${ofRoles} group by r.rolname) g), '{}')::pg_catalog.text as granted
      from pg_catalog.pg_namespace n where ${userSchemas} order by n.nspname`,
    [roles],
  );
  return rows.map(({ name, granted }) => ({
    name,
    granted: JSON.parse(granted) as Record<string, string[]>,
  }));
}

/** The relations of a database, extensions' own included, with the grants of `roles`. Any role may read this. */
export async function listRelationGrants(client: pg.Client, roles: string[]): Promise<GrantableRelation[]> {
  const { rows } = await client.query<{ relation: string }>(
    `select pg_catalog.json_build_object('oid', c.oid::pg_catalog.text, 'schema', n.nspname, 'name', c.relname,
        'kind', c.relkind,
        'granted', coalesce((select pg_catalog.json_object_agg(g.rolname, g.privileges) from (
          select r.rolname, pg_catalog.json_agg(x.privilege_type) as privileges
          from pg_catalog.aclexplode(c.relacl) x ${ofRoles} group by r.rolname) g), '{}'),
        'columns', coalesce((select pg_catalog.json_object_agg(g.rolname, g.privileges) from (
          select p.rolname, pg_catalog.json_object_agg(p.privilege_type, p.names) as privileges from (
            select r.rolname, x.privilege_type, pg_catalog.json_agg(a.attname) as names
            from pg_catalog.pg_attribute a cross join lateral pg_catalog.aclexplode(a.attacl) x ${ofRoles}
            where a.attrelid = c.oid and a.attacl is not null and not a.attisdropped
            group by r.rolname, x.privilege_type) p group by p.rolname) g), '{}'))::pg_catalog.text as relation
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and ${userSchemas}
      order by n.nspname, c.relname`,
    [roles],
  );
  return rows.map((row) => JSON.parse(row.relation) as GrantableRelation);
}

/** The names of a relation's columns, in order. */
export async function listColumnNames(client: pg.Client, oids: string[]): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ oid: string; names: string }>(
    `select a.attrelid::pg_catalog.text as oid, pg_catalog.json_agg(a.attname order by a.attnum)::pg_catalog.text as names
      from pg_catalog.pg_attribute a
      where a.attrelid = any ($1::pg_catalog.oid[]) and a.attnum > 0 and not a.attisdropped
      group by a.attrelid`,
    [oids],
  );
  return new Map(rows.map(({ oid, names }) => [oid, JSON.parse(names) as string[]]));
}
