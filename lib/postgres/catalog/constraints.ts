import 'server-only';
import type pg from 'pg';
import type { RelationConstraint } from '../../api-types';

/** The names of a constraint's columns in the constraint's order, as an SQL expression. */
export function columnNames(relation: string, numbers: string): string {
  return `array(select a.attname from pg_catalog.unnest(${numbers}) with ordinality listed (attnum, place)
    join pg_catalog.pg_attribute a on a.attrelid = ${relation} and a.attnum = listed.attnum order by listed.place)`;
}

/**
 * The constraints of a table: keys first, then by name. NOT NULL is a property of the column here, though
 * PostgreSQL 18 keeps a constraint for it.
 */
export async function listConstraints(client: pg.Client, oid: string): Promise<RelationConstraint[]> {
  const { rows } = await client.query<{ constraint: string }>(
    `select pg_catalog.json_build_object(
          'name', c.conname,
          'type', case c.contype when 'p' then 'primary_key' when 'u' then 'unique' when 'f' then 'foreign_key'
            when 'c' then 'check' else 'exclusion' end,
          'definition', pg_catalog.pg_get_constraintdef(c.oid),
          'columns', ${columnNames('c.conrelid', 'c.conkey')},
          'references', case when c.contype = 'f' then pg_catalog.json_build_object(
            'schema', n.nspname, 'relation', r.relname, 'columns', ${columnNames('c.confrelid', 'c.confkey')}) end,
          'is_validated', c.convalidated,
          'comment', pg_catalog.obj_description(c.oid, 'pg_constraint')) as constraint
      from pg_catalog.pg_constraint c
      left join pg_catalog.pg_class r on r.oid = c.confrelid
      left join pg_catalog.pg_namespace n on n.oid = r.relnamespace
      where c.conrelid = $1 and c.contype in ('p', 'u', 'f', 'c', 'x')
      order by pg_catalog.array_position(array['p', 'u', 'f', 'c', 'x'], c.contype::pg_catalog.text), c.conname`,
    [oid],
  );
  return rows.map((row) => {
    const { references, ...constraint } = JSON.parse(row.constraint) as RelationConstraint;
    return references ? { ...constraint, references } : constraint;
  });
}
