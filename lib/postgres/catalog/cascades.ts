import 'server-only';
import type pg from 'pg';
import type { CascadeAction } from '../../edit-types';
import { columnNames } from './constraints';

/** How many foreign keys are followed, and over how many relations. */
const mostPaths = 40;
const mostDepth = 5;

/** A foreign key that refers to a relation, and the operators that compare it, as SQL. */
export type ReferenceStep = {
  schema: string;
  relation: string;
  constraint: string;
  action: CascadeAction;
  columns: string[];
  foreign_columns: string[];
  operators: string[];
  /** Whether its columns may be read here. */
  is_readable: boolean;
};

/**
 * The ways on which a delete of a relation's rows reaches others: each is a chain of foreign keys, of which all but the
 * last delete what refers. The nearest come first. At most 40, over at most five relations; one constraint is not gone
 * through twice.
 */
export async function listCascades(client: pg.Client, oid: string): Promise<ReferenceStep[][]> {
  const { rows } = await client.query<{ path: string }>({ name: 'cascades', text: sql, values: [oid] });
  return rows.map(({ path }) => JSON.parse(path) as ReferenceStep[]);
}

const step = `pg_catalog.json_build_object(
    'schema', n.nspname,
    'relation', r.relname,
    'constraint', c.conname,
    'action', case c.confdeltype when 'c' then 'cascade' when 'n' then 'set_null' when 'd' then 'set_default'
      when 'r' then 'restrict' else 'no_action' end,
    'columns', ${columnNames('c.conrelid', 'c.conkey')},
    'foreign_columns', ${columnNames('c.confrelid', 'c.confkey')},
    'operators', array(select pg_catalog.format('operator(%I.%s)', m.nspname, o.oprname)
      from pg_catalog.unnest(c.conpfeqop) with ordinality listed (oid, place)
      join pg_catalog.pg_operator o on o.oid = listed.oid
      join pg_catalog.pg_namespace m on m.oid = o.oprnamespace
      order by listed.place),
    'is_readable', (select pg_catalog.bool_and(pg_catalog.has_column_privilege(c.conrelid, k, 'select'))
      from pg_catalog.unnest(c.conkey) k))`;

const sql = `with recursive paths (constraints, relation, action, depth) as (
    select array[c.oid], c.conrelid, c.confdeltype, 1
    from pg_catalog.pg_constraint c
    where c.confrelid = $1::pg_catalog.oid and c.contype = 'f' and c.conparentid = 0
    union all
    select p.constraints || c.oid, c.conrelid, c.confdeltype, p.depth + 1
    from paths p
    join pg_catalog.pg_constraint c on c.confrelid = p.relation and c.contype = 'f' and c.conparentid = 0
    where p.action = 'c' and p.depth < ${mostDepth} and c.oid <> all (p.constraints))
  select pg_catalog.json_agg(${step} order by place) as path
  from (select constraints, depth from paths order by depth, constraints limit ${mostPaths}) p,
    lateral pg_catalog.unnest(p.constraints) with ordinality listed (oid, place)
  join pg_catalog.pg_constraint c on c.oid = listed.oid
  join pg_catalog.pg_class r on r.oid = c.conrelid
  join pg_catalog.pg_namespace n on n.oid = r.relnamespace
  group by p.constraints, p.depth
  order by p.depth, p.constraints`;
