import { ownObjects } from './inventory-own';

/**
 * Who owns what, who may do what, and what is said about it. What an owner may do is written without its name, because the
 * copy may belong to another; what is granted in future to owners and PUBLIC stands there only beside what is granted to
 * others.
 */
export const accessInventory = `${ownObjects}, subject as (
  select 'pg_catalog.pg_namespace'::pg_catalog.regclass as classid, oid, pg_catalog.format('schema %I', nspname) as subject,
      nspowner as owner, nspacl as acl, 'n'::"char" as kind
    from own
  union all
  select 'pg_catalog.pg_class'::pg_catalog.regclass, oid, pg_catalog.format('%s %I.%I', word, nspname, relname), relowner,
      relacl, case relkind when 'S' then 's'::"char" when 'c' then null else 'r'::"char" end
    from relation where relkind not in ('i', 'I')
  union all
  select 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, pg_catalog.format('routine %I.%I(%s)', n.nspname, p.proname,
      pg_catalog.pg_get_function_identity_arguments(p.oid)), p.proowner, p.proacl, 'f'
    from pg_catalog.pg_proc p join own n on n.oid = p.pronamespace
    where not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'i')
  union all
  select 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, pg_catalog.format('type %I.%I', n.nspname, t.typname), t.typowner,
      t.typacl, 'T'
    from pg_catalog.pg_type t join own n on n.oid = t.typnamespace where t.typtype in ('e', 'd', 'r')
  union all
  select 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid, pg_catalog.format('server %I', srvname), srvowner, srvacl, 'S'
    from pg_catalog.pg_foreign_server
), kept as (
  select * from subject s where not exists (select from brought b where b.classid = s.classid and b.objid = s.oid)
), granted as (
  select k.subject, k.subject as about, k.owner, g.* from kept k
    cross join lateral pg_catalog.aclexplode(coalesce(k.acl, pg_catalog.acldefault(k.kind, k.owner))) g
    where k.kind is not null
  union all
  select pg_catalog.format('column %I.%I.%I', r.nspname, r.relname, a.attname),
      pg_catalog.format('%s %I.%I', r.word, r.nspname, r.relname), r.relowner, g.*
    from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid and not a.attisdropped
    cross join lateral pg_catalog.aclexplode(a.attacl) g
)
select 'owner of ' || subject as name, pg_catalog.pg_get_userbyid(owner)::pg_catalog.text as is, null as sql,
    array[pg_catalog.pg_get_userbyid(owner)] as roles, subject as about
  from kept
union all
select pg_catalog.format('privileges of %s on %s', case grantee when owner then 'its owner' when 0 then 'PUBLIC'
      else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(grantee)) end, subject),
    pg_catalog.string_agg(distinct privilege_type || case when is_grantable then '*' else '' end, ', '), null,
    case when grantee in (0, owner) then '{}' else array[pg_catalog.pg_get_userbyid(grantee)] end, about
  from granted
  where grantee = 0 or exists (select from pg_catalog.pg_roles o where o.oid = grantee)
  group by subject, about, owner, grantee
union all
select pg_catalog.format('privileges of %I on future %s of %I%s', pg_catalog.pg_get_userbyid(g.grantee),
      case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types'
        when 'n' then 'schemas' else d.defaclobjtype::pg_catalog.text end,
      pg_catalog.pg_get_userbyid(d.defaclrole), ' in ' || nullif(d.defaclnamespace, 0)::pg_catalog.regnamespace::pg_catalog.text),
    pg_catalog.string_agg(distinct g.privilege_type || case when g.is_grantable then '*' else '' end, ', '), null,
    array[pg_catalog.pg_get_userbyid(d.defaclrole), pg_catalog.pg_get_userbyid(g.grantee)], null
  from pg_catalog.pg_default_acl d cross join lateral pg_catalog.aclexplode(d.defaclacl) g
  where (d.defaclnamespace = 0 or d.defaclnamespace in (select oid from own)) and g.grantee not in (0, d.defaclrole)
  group by d.oid, d.defaclobjtype, d.defaclrole, d.defaclnamespace, g.grantee
union all
select pg_catalog.format('comment on %s %s', i.type, i.identity), d.description, null, '{}', null
  from pg_catalog.pg_description d
  cross join lateral pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
  where (d.objoid >= 16384 or d.objoid in (select oid from own))
    and d.classoid <> 'pg_catalog.pg_extension'::pg_catalog.regclass
    and not exists (select from brought b where b.classid = d.classoid and b.objid = d.objoid)
    and (d.classoid <> 'pg_catalog.pg_class'::pg_catalog.regclass or d.objoid in (select oid from relation))
    and not exists (select from pg_catalog.pg_constraint k
      where d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and k.oid = d.objoid and k.conparentid <> 0)
    and not exists (select from pg_catalog.pg_trigger t
      where d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass and t.oid = d.objoid and t.tgparentid <> 0)`;
