/**
 * What every part of the inventory begins with: `own`, the schemas that are not PostgreSQL's; `brought`, the objects that an
 * extension brings; `relation`, what is dumped of pg_class. pg_dump leaves out an index that is not valid.
 */
export const ownObjects = `
with own as (
  select oid, nspname, nspowner, nspacl from pg_catalog.pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema'
), brought as (
  select classid, objid from pg_catalog.pg_depend where deptype = 'e'
), relation as (
  select c.*, n.nspname, case c.relkind
      when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view'
      when 'S' then 'sequence' when 'f' then 'foreign table' when 'c' then 'composite type' else 'index' end as word
  from pg_catalog.pg_class c join own n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'i', 'I', 'c') and c.relpersistence <> 't'
    and c.oid not in (select objid from brought where classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
    and not exists (
      select from pg_catalog.pg_index i where i.indexrelid = c.oid and c.relkind = 'i' and not i.indisvalid)
)`;
