import 'server-only';
import type pg from 'pg';
import type { RelationColumn } from '../../api-types';

/** The columns of a relation in their order. A domain that refuses NULL makes its column refuse it. */
export async function listColumns(client: pg.Client, oid: string): Promise<RelationColumn[]> {
  const { rows } = await client.query<{ column: string }>(
    `select pg_catalog.json_build_object(
          'name', a.attname,
          'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
          'type_oid', a.atttypid::pg_catalog.int8,
          'nullable', not (a.attnotnull or (t.typtype = 'd' and t.typnotnull)),
          'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid),
          'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by_default' end,
          'generated', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
          'comment', pg_catalog.col_description(a.attrelid, a.attnum),
          'is_masked', not pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select')
            and pg_catalog.has_any_column_privilege(a.attrelid, 'select'),
          'enum_labels', (select pg_catalog.array_agg(e.enumlabel order by e.enumsortorder)
            from pg_catalog.pg_enum e
            where e.enumtypid = case t.typtype when 'd' then t.typbasetype else t.oid end)) as column
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
    [oid],
  );
  return rows.map((row) => {
    const { enum_labels, is_masked, ...column } = JSON.parse(row.column) as Omit<
      RelationColumn,
      'enum_labels' | 'is_masked'
    > & { enum_labels: string[] | null; is_masked: boolean };
    return {
      ...column,
      ...(enum_labels === null ? {} : { enum_labels }),
      ...(is_masked ? { is_masked } : {}),
    };
  });
}
