import 'server-only';
import type pg from 'pg';
import type { Page, TypeSummary } from '../../api-types';
import { listPage, type ObjectFilter } from './object-list';

/** What a type is made of, by its kind, as SQL expressions that are null for every other kind. */
const parts = {
  labels: `case when t.typtype = 'e' then
    array(select e.enumlabel from pg_catalog.pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) end`,
  domain: `case when t.typtype = 'd' then pg_catalog.json_build_object(
    'type', pg_catalog.format_type(t.typbasetype, t.typtypmod),
    'nullable', not t.typnotnull,
    'default', t.typdefault,
    'checks', array(select pg_catalog.pg_get_constraintdef(k.oid) from pg_catalog.pg_constraint k
      where k.contypid = t.oid and k.contype = 'c' order by k.conname)) end`,
  attributes: `case when t.typtype = 'c' then array(select pg_catalog.json_build_object(
      'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod))
    from pg_catalog.pg_attribute a
    where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped order by a.attnum) end`,
  subtype: `(select pg_catalog.format_type(r.rngsubtype, null) from pg_catalog.pg_range r where r.rngtypid = t.oid)`,
} as const;

/** The types that people made, by schema and name: enums, domains, composites and ranges; not those of tables. */
export async function listTypes(client: pg.Client, filter: ObjectFilter): Promise<Page<TypeSummary>> {
  const page = await listPage<{ schema: string; name: string; place: string; type: string }>(
    client,
    {
      select: `select n.nspname as schema, t.typname as name, t.oid::pg_catalog.text as place,
          pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
            'kind', case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite' else 'range' end,
            'owner', pg_catalog.pg_get_userbyid(t.typowner),
            'comment', pg_catalog.obj_description(t.oid, 'pg_type'),
            'labels', ${parts.labels},
            'domain', ${parts.domain},
            'attributes', ${parts.attributes},
            'subtype', ${parts.subtype})) as type
        from pg_catalog.pg_type t
        join pg_catalog.pg_namespace n on n.oid = t.typnamespace
        left join pg_catalog.pg_class c on c.oid = t.typrelid
        where t.typtype in ('e', 'd', 'c', 'r') and (t.typtype <> 'c' or c.relkind = 'c')`,
      name: 't.typname',
      place: 't.oid::pg_catalog.text',
    },
    filter,
  );
  return { items: page.items.map(asSummary), next: page.next };
}

function asSummary({ schema, name, type }: { schema: string; name: string; type: string }): TypeSummary {
  const { comment = null, domain, ...more } = JSON.parse(type) as Omit<TypeSummary, 'schema' | 'name'>;
  const whole = domain && { domain: { ...domain, default: domain.default ?? null } };
  return { schema, name, comment, ...more, ...whole };
}
