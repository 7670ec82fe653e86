import 'server-only';
import type pg from 'pg';

/**
 * The objects of the connected database, one line each: kind, name and what of it a dump and its restore leave as it was.
 * Definitions that PostgreSQL writes anew each time (defaults, views, checks) are not part of a line, nor are objects of
 * extensions, which their extension brings. Read with an empty search_path, so that every name is whole.
 */
export async function listInventory(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(inventory);
  return rows.map(({ line }) => line);
}

const inventory = `
with own as (
  select oid, nspname from pg_catalog.pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
), brought as (
  select classid, objid from pg_catalog.pg_depend where deptype = 'e'
), relation as (
  select c.oid, n.nspname, c.relname, c.relkind
  from pg_catalog.pg_class c join own n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'i', 'I', 'c') and c.relpersistence <> 't'
    and (c.oid not in (select objid from brought where classid = 'pg_catalog.pg_class'::pg_catalog.regclass))
)
select pg_catalog.format('schema %I', nspname) as line from own
  where nspname <> 'public' and oid not in
    (select objid from brought where classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)
union all
select pg_catalog.format('%s %I.%I', case relkind
    when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view'
    when 'S' then 'sequence' when 'f' then 'foreign table' when 'c' then 'composite type' else 'index' end, nspname, relname)
  from relation
union all
select pg_catalog.format('column %I.%I.%I %s%s', r.nspname, r.relname, a.attname,
    pg_catalog.format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end)
  from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid
  where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and a.attnum > 0 and not a.attisdropped
union all
select pg_catalog.format('constraint %I.%I.%I %s', r.nspname, r.relname, k.conname, k.contype)
  from relation r join pg_catalog.pg_constraint k on k.conrelid = r.oid
  where k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0
union all
select pg_catalog.format('trigger %I.%I.%I', r.nspname, r.relname, t.tgname)
  from relation r join pg_catalog.pg_trigger t on t.tgrelid = r.oid
  where not t.tgisinternal and t.tgparentid = 0
union all
select pg_catalog.format('policy %I.%I.%I', r.nspname, r.relname, p.polname)
  from relation r join pg_catalog.pg_policy p on p.polrelid = r.oid
union all
select pg_catalog.format('routine %I.%I(%s) %s %s', n.nspname, p.proname,
    pg_catalog.pg_get_function_identity_arguments(p.oid), p.prokind, pg_catalog.hashtextextended(p.prosrc, 0))
  from pg_catalog.pg_proc p join own n on n.oid = p.pronamespace
  where p.oid not in (select objid from brought where classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'i'
    )
union all
select pg_catalog.format('type %I.%I %s%s', n.nspname, t.typname, t.typtype, (
    select pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
    from pg_catalog.pg_enum e where e.enumtypid = t.oid))
  from pg_catalog.pg_type t join own n on n.oid = t.typnamespace
  where t.typtype in ('e', 'd', 'r')
    and t.oid not in (select objid from brought where classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
union all
select pg_catalog.format('extension %I', extname) from pg_catalog.pg_extension
union all
select pg_catalog.format('large object %s', oid) from pg_catalog.pg_largeobject_metadata
order by line`;
