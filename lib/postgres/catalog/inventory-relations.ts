import { ownObjects } from './inventory-own';

/** Tables, views, sequences and composite types with their columns, and what hangs on them. */
export const relationInventory = `${ownObjects}
select pg_catalog.format('schema %I', nspname) as name, '' as is, null as sql, '{}'::pg_catalog.name[] as roles, null as about
  from own where oid not in
    (select objid from brought where classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)
union all
select pg_catalog.format('%s %I.%I', r.word, r.nspname, r.relname),
    pg_catalog.concat_ws('; ', r.relpersistence, a.amname, o.options, t.options,
      case when r.relrowsecurity then 'row level security' end, case when r.relforcerowsecurity then 'forced' end,
      case when r.relreplident <> 'n' then r.relreplident end, 'of ' || nullif(r.reloftype, 0)::pg_catalog.regtype::pg_catalog.text,
      case when r.relkind = 'p' then pg_catalog.pg_get_partkeydef(r.oid) end,
      pg_catalog.pg_get_expr(r.relpartbound, r.oid), p.parents),
    null, '{}', null
  from relation r left join pg_catalog.pg_am a on a.oid = r.relam
  left join pg_catalog.pg_class toast on toast.oid = r.reltoastrelid
  left join lateral (select pg_catalog.string_agg(x, ', ' order by x) as options from unnest(r.reloptions) x) o on true
  left join lateral (select pg_catalog.string_agg('toast.' || x, ', ' order by x) as options
    from unnest(toast.reloptions) x) t on true
  left join lateral (
    select 'inherits ' || pg_catalog.string_agg(i.inhparent::pg_catalog.regclass::pg_catalog.text, ', ' order by i.inhseqno)
        as parents
    from pg_catalog.pg_inherits i where i.inhrelid = r.oid) p on true
  where r.relkind not in ('i', 'I', 'S')
union all
select pg_catalog.format('column %I.%I.%I', r.nspname, r.relname, a.attname),
    pg_catalog.concat_ws('; ', pg_catalog.format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
      case when a.attcollation <> t.typcollation then a.attcollation::pg_catalog.regcollation end,
      'identity ' || nullif(a.attidentity, '')::pg_catalog.text, 'generated ' || nullif(a.attgenerated, '')::pg_catalog.text,
      case when a.attstorage <> t.typstorage then a.attstorage end, 'compression ' || nullif(a.attcompression, '')::pg_catalog.text,
      'statistics ' || nullif(a.attstattarget, -1)::pg_catalog.text, 
      (select pg_catalog.string_agg(x, ', ' order by x) from unnest(a.attoptions) x),
      (select pg_catalog.string_agg(x, ', ' order by x) from unnest(a.attfdwoptions) x)),
    null, '{}', null
  from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and a.attnum > 0 and not a.attisdropped
union all
select pg_catalog.format('default of %I.%I.%I', r.nspname, r.relname, a.attname), '',
    'select ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid), '{}', null
  from relation r join pg_catalog.pg_attrdef d on d.adrelid = r.oid
  join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum = d.adnum
union all
select pg_catalog.format('%s %I.%I', r.word, r.nspname, r.relname), '',
    pg_catalog.format('create %s %I.%I as %s', r.word, r.nspname, r.relname,
      pg_catalog.rtrim(pg_catalog.pg_get_viewdef(r.oid), ';')), '{}', null
  from relation r where r.relkind in ('v', 'm')
union all
select pg_catalog.format('index %I.%I', r.nspname, r.relname),
    pg_catalog.concat_ws('; ', case when i.indisclustered then 'clustered' end,
      case when i.indisreplident then 'replica identity' end, case when not i.indisvalid then 'not valid' end),
    pg_catalog.pg_get_indexdef(r.oid), '{}', null
  from relation r join pg_catalog.pg_index i on i.indexrelid = r.oid
union all
select pg_catalog.format('sequence %I.%I', r.nspname, r.relname),
    pg_catalog.concat_ws('; ', r.relpersistence, pg_catalog.format_type(s.seqtypid, null), s.seqstart, s.seqincrement,
      s.seqmin, s.seqmax, s.seqcache, case when s.seqcycle then 'cycle' end, (
        select pg_catalog.format('owned by %s.%I', d.refobjid::pg_catalog.regclass, a.attname)
        from pg_catalog.pg_depend d
        join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = r.oid and d.deptype in ('a', 'i')
          and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)),
    null, '{}', null
  from relation r join pg_catalog.pg_sequence s on s.seqrelid = r.oid
union all
select pg_catalog.format('constraint %I.%I.%I', r.nspname, r.relname, k.conname), '',
    pg_catalog.format('alter table %I.%I add constraint %I %s', r.nspname, r.relname, k.conname,
      pg_catalog.pg_get_constraintdef(k.oid)), '{}', null
  from relation r join pg_catalog.pg_constraint k on k.conrelid = r.oid
  where k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0
union all
select pg_catalog.format('trigger %I.%I.%I', r.nspname, r.relname, t.tgname), 'enabled ' || t.tgenabled::pg_catalog.text,
    pg_catalog.pg_get_triggerdef(t.oid), '{}', null
  from relation r join pg_catalog.pg_trigger t on t.tgrelid = r.oid
  where not t.tgisinternal and t.tgparentid = 0
union all
select pg_catalog.format('rule %I.%I.%I', r.nspname, r.relname, w.rulename), 'enabled ' || w.ev_enabled::pg_catalog.text,
    pg_catalog.pg_get_ruledef(w.oid), '{}', null
  from relation r join pg_catalog.pg_rewrite w on w.ev_class = r.oid
  where w.rulename <> '_RETURN'
union all
select pg_catalog.format('policy %I.%I.%I', r.nspname, r.relname, p.polname),
    pg_catalog.concat_ws('; ', p.polcmd, case when not p.polpermissive then 'restrictive' end,
      coalesce((select pg_catalog.string_agg(pg_catalog.quote_ident(o.rolname), ', ' order by o.rolname)
        from pg_catalog.pg_roles o where o.oid = any (p.polroles)), 'public')),
    pg_catalog.format('select %s, %s', coalesce(pg_catalog.pg_get_expr(p.polqual, p.polrelid), 'null'),
      coalesce(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), 'null')), '{}', null
  from relation r join pg_catalog.pg_policy p on p.polrelid = r.oid
union all
select pg_catalog.format('statistics %I.%I', n.nspname, s.stxname), '', pg_catalog.pg_get_statisticsobjdef(s.oid), '{}', null
  from pg_catalog.pg_statistic_ext s join own n on n.oid = s.stxnamespace`;
