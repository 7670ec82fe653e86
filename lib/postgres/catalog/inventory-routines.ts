import { ownObjects } from './inventory-own';

/** Routines, types, and what is named by itself: extensions, operators, text search, servers, publications. */
export const routineInventory = `${ownObjects}
select pg_catalog.format('routine %I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid))
      as name,
    pg_catalog.concat_ws('; ', p.prokind, (
      select pg_catalog.concat_ws('; ', a.aggtransfn::pg_catalog.regprocedure, a.aggfinalfn::pg_catalog.regprocedure,
        pg_catalog.format_type(a.aggtranstype, null), a.agginitval, a.aggkind)
      from pg_catalog.pg_aggregate a where a.aggfnoid = p.oid)) as is,
    case when p.prokind <> 'a' then pg_catalog.pg_get_functiondef(p.oid) end as sql,
    '{}'::pg_catalog.name[] as roles, null as about
  from pg_catalog.pg_proc p join own n on n.oid = p.pronamespace
  where p.oid not in (select objid from brought where classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
    and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'i'
    )
union all
select pg_catalog.format('type %I.%I', n.nspname, t.typname),
    pg_catalog.concat_ws('; ', t.typtype, (
        select pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
        from pg_catalog.pg_enum e where e.enumtypid = t.oid),
      case when t.typtype = 'd' then pg_catalog.format_type(t.typbasetype, t.typtypmod) end,
      case when t.typnotnull then 'not null' end,
      case when t.typcollation <> 0 then t.typcollation::pg_catalog.regcollation end, (
        select pg_catalog.concat_ws('; ', pg_catalog.format_type(g.rngsubtype, null), o.opcname,
          g.rngcanonical::pg_catalog.regproc, g.rngsubdiff::pg_catalog.regproc)
        from pg_catalog.pg_range g join pg_catalog.pg_opclass o on o.oid = g.rngsubopc where g.rngtypid = t.oid)),
    'select ' || pg_catalog.pg_get_expr(t.typdefaultbin, 0), '{}', null
  from pg_catalog.pg_type t join own n on n.oid = t.typnamespace
  where t.typtype in ('e', 'd', 'r')
    and t.oid not in (select objid from brought where classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
union all
select pg_catalog.format('constraint %I.%I.%I', n.nspname, t.typname, k.conname), '',
    pg_catalog.format('alter domain %I.%I add constraint %I %s', n.nspname, t.typname, k.conname,
      pg_catalog.pg_get_constraintdef(k.oid)), '{}', null
  from pg_catalog.pg_constraint k join pg_catalog.pg_type t on t.oid = k.contypid join own n on n.oid = t.typnamespace
  where k.contype = 'c'
    and t.oid not in (select objid from brought where classid = 'pg_catalog.pg_type'::pg_catalog.regclass)
union all
select pg_catalog.format('extension %I', x.extname), n.nspname, null, '{}', null
  from pg_catalog.pg_extension x join pg_catalog.pg_namespace n on n.oid = x.extnamespace
union all
select pg_catalog.format('cast (%s as %s)', pg_catalog.format_type(k.castsource, null), pg_catalog.format_type(k.casttarget, null)),
    pg_catalog.concat_ws('; ', k.castfunc::pg_catalog.regprocedure, k.castcontext, k.castmethod), null, '{}', null
  from pg_catalog.pg_cast k
  where k.oid >= 16384
    and k.oid not in (select objid from brought where classid = 'pg_catalog.pg_cast'::pg_catalog.regclass)
union all
select pg_catalog.format('operator %s', o.oid::pg_catalog.regoperator),
    pg_catalog.concat_ws('; ', o.oprcode, o.oprcom::pg_catalog.regoperator, o.oprnegate::pg_catalog.regoperator,
      o.oprrest, o.oprjoin, o.oprcanhash, o.oprcanmerge), null, '{}', null
  from pg_catalog.pg_operator o join own n on n.oid = o.oprnamespace
  where o.oprcode <> 0
    and o.oid not in (select objid from brought where classid = 'pg_catalog.pg_operator'::pg_catalog.regclass)
union all
select pg_catalog.format('operator class %I.%I using %I', n.nspname, o.opcname, a.amname),
    pg_catalog.concat_ws('; ', pg_catalog.format_type(o.opcintype, null), o.opcdefault), null, '{}', null
  from pg_catalog.pg_opclass o join own n on n.oid = o.opcnamespace join pg_catalog.pg_am a on a.oid = o.opcmethod
  where o.oid not in (select objid from brought where classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)
union all
select pg_catalog.format('collation %I.%I', n.nspname, o.collname),
    (pg_catalog.to_jsonb(o) - '{oid,collnamespace,collowner,collversion}'::pg_catalog.text[])::pg_catalog.text, null, '{}', null
  from pg_catalog.pg_collation o join own n on n.oid = o.collnamespace
  where o.oid not in (select objid from brought where classid = 'pg_catalog.pg_collation'::pg_catalog.regclass)
union all
select pg_catalog.format('text search configuration %I.%I', n.nspname, t.cfgname), (
      select pg_catalog.string_agg(pg_catalog.format('%s %s', m.maptokentype, m.mapdict::pg_catalog.regdictionary), ', '
        order by m.maptokentype, m.mapseqno)
      from pg_catalog.pg_ts_config_map m where m.mapcfg = t.oid), null, '{}', null
  from pg_catalog.pg_ts_config t join own n on n.oid = t.cfgnamespace
  where t.oid not in (select objid from brought where classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass)
union all
select pg_catalog.format('text search dictionary %I.%I', n.nspname, t.dictname), t.dictinitoption, null, '{}', null
  from pg_catalog.pg_ts_dict t join own n on n.oid = t.dictnamespace
  where t.oid not in (select objid from brought where classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass)
union all
select pg_catalog.format('foreign data wrapper %I', f.fdwname), (select pg_catalog.string_agg(x, ', ' order by x) from unnest(f.fdwoptions) x), null, '{}', null
  from pg_catalog.pg_foreign_data_wrapper f
  where f.oid not in
    (select objid from brought where classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass)
union all
select pg_catalog.format('server %I', s.srvname),
    pg_catalog.concat_ws('; ', f.fdwname, s.srvtype, s.srvversion, 
      (select pg_catalog.string_agg(x, ', ' order by x) from unnest(s.srvoptions) x)), null, '{}', null
  from pg_catalog.pg_foreign_server s join pg_catalog.pg_foreign_data_wrapper f on f.oid = s.srvfdw
union all
select pg_catalog.format('foreign table %I.%I', n.nspname, c.relname),
    pg_catalog.concat_ws('; ', s.srvname, 
      (select pg_catalog.string_agg(x, ', ' order by x) from unnest(t.ftoptions) x)), null, '{}', null
  from pg_catalog.pg_foreign_table t join pg_catalog.pg_class c on c.oid = t.ftrelid join own n on n.oid = c.relnamespace
  join pg_catalog.pg_foreign_server s on s.oid = t.ftserver
union all
select pg_catalog.format('publication %I', p.pubname),
    pg_catalog.concat_ws('; ', p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot, (
      select pg_catalog.string_agg(pg_catalog.format('%I.%I', t.schemaname, t.tablename), ', '
        order by t.schemaname, t.tablename)
      from pg_catalog.pg_publication_tables t where t.pubname = p.pubname)), null, '{}', null
  from pg_catalog.pg_publication p
union all
select pg_catalog.format('event trigger %I', e.evtname),
    pg_catalog.concat_ws('; ', e.evtevent, e.evtfoid::pg_catalog.regproc, e.evtenabled, e.evttags::pg_catalog.text), null, '{}', null
  from pg_catalog.pg_event_trigger e
  where e.oid not in (select objid from brought where classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass)`;
