import 'server-only';
import type pg from 'pg';

/** How a table is stored and what it belongs to: the clauses around its columns. */
type TableClauses = {
  /** `unlogged table`, `foreign table` … */
  head: string;
  columns: string[];
  constraints: string[];
  /** What follows the closing parenthesis, such as `partition by range (at)`. */
  tail: string[];
  /** Sequences of serial columns, which must be there before the table. */
  before: string[];
  after: string[];
};

/**
 * The statements that make a table again, with search_path empty so that every name is whole: sequences, columns,
 * constraints, and what attaches it to its parent. A partition is written as pg_dump does, as a table that is then
 * attached. Indexes, triggers, policies and comments are the caller's.
 */
export async function readTableDdl(client: pg.Client, oid: string, name: string): Promise<string[]> {
  const { rows } = await client.query<{ clauses: string }>(tableSql, [oid]);
  const [row] = rows;
  if (row === undefined) return [];
  const { head, columns, constraints, tail, before, after } = JSON.parse(row.clauses) as TableClauses;
  const lines = [...columns, ...constraints].map((line) => `  ${line}`).join(',\n');
  const create = [`create ${head} ${name} (${lines === '' ? '' : `\n${lines}\n`})`, ...tail].join('\n');
  return [...before, create, ...after];
}

/** `name 'value', …` of options that are stored as name=value. */
const options = (array: string) => `(select pg_catalog.string_agg(
    pg_catalog.format('%I %L', o.option_name, o.option_value), ', ')
  from pg_catalog.pg_options_to_table(${array}) o)`;

/** The options of an identity column's sequence, as far as they are not what PostgreSQL would choose. */
const identityOptions = `(select pg_catalog.concat_ws(' ',
      case when s.seqstart <> s.seqmin then 'start with ' || s.seqstart end,
      case when s.seqincrement <> 1 then 'increment by ' || s.seqincrement end,
      case when s.seqmin <> 1 then 'minvalue ' || s.seqmin end,
      case when s.seqmax <> case s.seqtypid when 21 then 32767 when 23 then 2147483647
        else 9223372036854775807 end then 'maxvalue ' || s.seqmax end,
      case when s.seqcache <> 1 then 'cache ' || s.seqcache end,
      case when s.seqcycle then 'cycle' end)
    from pg_catalog.pg_depend q
    join pg_catalog.pg_sequence s on s.seqrelid = q.objid
    where q.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and q.deptype = 'i'
      and q.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      and q.refobjid = a.attrelid and q.refobjsubid = a.attnum)`;

const columnClause = `pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod))
  || coalesce((select pg_catalog.format(' options (%s)', ${options('a.attfdwoptions')}) where a.attfdwoptions is not null), '')
  || coalesce((select pg_catalog.format(' collate %I.%I', ln.nspname, l.collname)
      from pg_catalog.pg_collation l
      join pg_catalog.pg_namespace ln on ln.oid = l.collnamespace
      where l.oid = a.attcollation and a.attcollation <> t.typcollation), '')
  || case
      when a.attgenerated = 's' then pg_catalog.format(' generated always as (%s) stored', e.expression)
      when a.attgenerated = 'v' then pg_catalog.format(' generated always as (%s)', e.expression)
      when a.attidentity <> '' then pg_catalog.format(' generated %s as identity%s',
        case a.attidentity when 'a' then 'always' else 'by default' end,
        coalesce(' (' || nullif(${identityOptions}, '') || ')', ''))
      when e.expression is not null then ' default ' || e.expression
      else '' end
  || case when a.attnotnull then ' not null' else '' end`;

/** The sequences that columns own through `serial` or `owned by`. */
const ownedSequences = `(select
      pg_catalog.format('%I.%I', n.nspname, s.relname) as name,
      pg_catalog.format('%I.%I.%I', tn.nspname, c.relname, a.attname) as owner,
      pg_catalog.format_type(q.seqtypid, null) as type
    from pg_catalog.pg_depend d
    join pg_catalog.pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_catalog.pg_sequence q on q.seqrelid = s.oid
    join pg_catalog.pg_namespace n on n.oid = s.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype = 'a'
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = c.oid) owned`;

const parents = `(select pg_catalog.string_agg(pg_catalog.format('%I.%I', pn.nspname, p.relname), ', ' order by i.inhseqno)
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class p on p.oid = i.inhparent
    join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
    where i.inhrelid = c.oid)`;

const tableSql = `select pg_catalog.json_build_object(
    'head', case when c.relpersistence = 'u' then 'unlogged ' else '' end
      || case when c.relkind = 'f' then 'foreign ' else '' end || 'table',
    'columns', array(select ${columnClause}
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      cross join lateral (select pg_catalog.pg_get_expr(d.adbin, d.adrelid) as expression) e
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and (a.attislocal or c.relispartition)
      order by a.attnum),
    'constraints', array(select pg_catalog.format('constraint %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid))
      from pg_catalog.pg_constraint k
      where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x') and k.convalidated
        and (k.conislocal or (c.relispartition and k.contype <> 'f'))
      order by pg_catalog.array_position(array['p', 'u', 'c', 'x', 'f'], k.contype::pg_catalog.text), k.conname),
    'tail', pg_catalog.array_remove(array[
      (select pg_catalog.format('inherits (%s)', p.names) from (select ${parents} as names) p
        where p.names is not null and not c.relispartition),
      'partition by ' || pg_catalog.pg_get_partkeydef(c.oid),
      'with (' || pg_catalog.array_to_string(c.reloptions, ', ') || ')',
      (select pg_catalog.format('server %I', v.srvname)
          || coalesce(' options (' || ${options('f.ftoptions')} || ')', '')
        from pg_catalog.pg_foreign_table f
        join pg_catalog.pg_foreign_server v on v.oid = f.ftserver
        where f.ftrelid = c.oid)], null),
    'before', array(select pg_catalog.format('create sequence %s as %s', owned.name, owned.type) from ${ownedSequences}),
    'after', array(select pg_catalog.format('alter sequence %s owned by %s', owned.name, owned.owner)
        from ${ownedSequences})
      || array(select pg_catalog.format('alter table only %s attach partition %I.%I %s', ${parents}, tn.nspname, c.relname,
          pg_catalog.pg_get_expr(c.relpartbound, c.oid)) where c.relispartition)
      || array(select pg_catalog.format('alter table %I.%I enable row level security', tn.nspname, c.relname)
          where c.relrowsecurity)
      || array(select pg_catalog.format('alter table %I.%I force row level security', tn.nspname, c.relname)
          where c.relforcerowsecurity)
      || array(select pg_catalog.format('alter table %I.%I add constraint %I %s', tn.nspname, c.relname, k.conname,
          pg_catalog.pg_get_constraintdef(k.oid))
        from pg_catalog.pg_constraint k
        where k.conrelid = c.oid and k.contype in ('f', 'c') and not k.convalidated and k.conislocal
        order by k.conname)) as clauses
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace tn on tn.oid = c.relnamespace
  where c.oid = $1`;
