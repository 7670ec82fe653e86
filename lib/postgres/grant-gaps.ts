import 'server-only';
import type pg from 'pg';
import type { DatabaseChoice, Gap, SharedLevel } from '../wall-types';
import type { Masks } from './masks';

type Named = { level: SharedLevel; role: string }[];

/**
 * What the levels can reach in a database beyond what was chosen, asked of PostgreSQL itself and so whatever the way: a
 * grant to PUBLIC, a membership, a grant by somebody else, or a function that acts with its owner's rights.
 */
export async function findGaps(
  client: pg.Client,
  names: Named,
  choice: DatabaseChoice,
  withheld: Masks,
): Promise<Gap[]> {
  const roles = names.map(({ role }) => role);
  const gap = (message: string, fix: string): Gap => ({
    severity: 'gap',
    database: choice.database,
    message,
    fix,
  });
  const masked = await listReachableMasks(client, roles, withheld);
  const outside = await listReachableOutside(client, roles, choice.schemas);
  const views = await listReachingViews(client, roles, choice.schemas);
  const functions = await listReachingFunctions(client, roles, withheld);
  return [
    ...masked.map(({ role, name, privilege }) =>
      gap(
        `${role} may ${privilege} ${name} although it is masked: by a grant to PUBLIC, or by one that Howdah did not make.`,
        'Revoke that grant from PUBLIC and give it to the roles that need it.',
      ),
    ),
    ...outside.map(({ role, name }) =>
      gap(
        `${role} can read ${name}, which is in no chosen schema: by a grant to PUBLIC, or by one that Howdah did not make.`,
        'Choose the schema, or revoke the grant.',
      ),
    ),
    ...views.map(({ role, view, name }) =>
      gap(
        `${role} can read ${view}, which shows ${name} of no chosen schema with its owner's rights.`,
        'Choose the schema, mask the columns of the view, or move it to a schema that is not chosen.',
      ),
    ),
    ...functions.map(({ role, name, owner }) =>
      gap(
        `${role} may call ${name}, a SECURITY DEFINER function of ${owner}, who can read masked columns.`,
        'Read what the function does, or revoke its EXECUTE from PUBLIC.',
      ),
    ),
  ];
}

async function listReachableMasks(client: pg.Client, roles: string[], withheld: Masks) {
  const pairs = [...withheld].flatMap(([oid, { columns }]): { oid: string; name: string | null }[] =>
    columns === 'all' ? [{ oid, name: null }] : [...columns].map((name) => ({ oid, name })),
  );
  if (pairs.length === 0) return [];
  const { rows } = await client.query<{ role: string; name: string; privilege: string }>(
    `select r.rolname as role, p.privilege,
        pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
          || coalesce('.' || pg_catalog.quote_ident(w.name), '') as name
      from pg_catalog.json_to_recordset($1::pg_catalog.json) w (oid pg_catalog.oid, name pg_catalog.name)
      join pg_catalog.pg_class c on c.oid = w.oid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = w.name and not a.attisdropped
      join pg_catalog.pg_roles r on r.rolname = any ($2::pg_catalog.text[])
      cross join (values ('select'), ('update'), ('insert')) p (privilege)
      where pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
        and case when w.name is null then pg_catalog.has_any_column_privilege(r.oid, c.oid, p.privilege)
          else a.attnum is not null and pg_catalog.has_column_privilege(r.oid, c.oid, a.attnum, p.privilege) end
      order by 1, 3, 2`,
    [JSON.stringify(pairs), roles],
  );
  return rows;
}

async function listReachableOutside(client: pg.Client, roles: string[], schemas: string[]) {
  const { rows } = await client.query<{ role: string; name: string }>(
    `select r.rolname as role, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) as name
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_roles r on r.rolname = any ($1::pg_catalog.text[])
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and n.nspname <> all ($2::pg_catalog.text[])
        and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e'
          and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
        and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
        and pg_catalog.has_any_column_privilege(r.oid, c.oid, 'select')
      order by 1, 2 limit 50`,
    [roles, schemas],
  );
  return rows;
}

/** Views that a role may read, and the relations behind them that it may not. PostgreSQL's own are the canary's. */
async function listReachingViews(client: pg.Client, roles: string[], schemas: string[]) {
  const { rows } = await client.query<{ role: string; view: string; name: string }>(
    `with recursive edges (view, relation) as (
        select r.ev_class, d.refobjid from pg_catalog.pg_rewrite r
          join pg_catalog.pg_depend d on d.objid = r.oid and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
            and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> r.ev_class),
      reads (view, relation) as (
        table edges union select v.view, d.relation from reads v join edges d on d.view = v.relation)
      select distinct r.rolname as role,
        pg_catalog.quote_ident(vn.nspname) || '.' || pg_catalog.quote_ident(vc.relname) as view,
        pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) as name
      from reads v
      join pg_catalog.pg_class vc on vc.oid = v.view and vc.relkind in ('v', 'm')
      join pg_catalog.pg_namespace vn on vn.oid = vc.relnamespace and vn.nspname = any ($2::pg_catalog.text[])
      join pg_catalog.pg_class c on c.oid = v.relation and c.relkind in ('r', 'p', 'm', 'f')
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_roles r on r.rolname = any ($1::pg_catalog.text[])
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname <> all ($2::pg_catalog.text[])
        and not exists (select from pg_catalog.pg_depend d where d.objid = vc.oid and d.deptype = 'e'
          and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
        and pg_catalog.has_any_column_privilege(r.oid, vc.oid, 'select')
        and not (pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
          and pg_catalog.has_any_column_privilege(r.oid, c.oid, 'select'))
      order by 1, 2, 3 limit 50`,
    [roles, schemas],
  );
  return rows;
}

async function listReachingFunctions(client: pg.Client, roles: string[], withheld: Masks) {
  if (withheld.size === 0) return [];
  const { rows } = await client.query<{ role: string; name: string; owner: string }>(
    `select r.rolname as role, p.oid::pg_catalog.regprocedure::pg_catalog.text as name,
        pg_catalog.pg_get_userbyid(p.proowner) as owner
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace and n.nspname !~ '^pg_'
      join pg_catalog.pg_roles r on r.rolname = any ($1::pg_catalog.text[])
      where p.prosecdef and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')
        and pg_catalog.has_function_privilege(r.oid, p.oid, 'execute')
        and exists (select from pg_catalog.unnest($2::pg_catalog.oid[]) w (oid)
          where pg_catalog.has_any_column_privilege(p.proowner, w.oid, 'select'))
      order by 1, 2 limit 50`,
    [roles, [...withheld.keys()]],
  );
  return rows;
}
