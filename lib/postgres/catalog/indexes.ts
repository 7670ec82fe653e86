import 'server-only';
import type pg from 'pg';
import type { RelationIndex } from '../../api-types';

/** The indexes of a table or materialized view, the primary key's first; sizes are not asked for here. */
export async function listIndexes(
  client: pg.Client,
  oid: string,
): Promise<Omit<RelationIndex, 'size_bytes'>[]> {
  const { rows } = await client.query<{ index: string }>(
    `select pg_catalog.json_build_object(
          'name', c.relname,
          'definition', pg_catalog.pg_get_indexdef(i.indexrelid),
          'is_unique', i.indisunique,
          'is_primary', i.indisprimary,
          'is_valid', i.indisvalid,
          'columns', array(select coalesce(a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true))
            from pg_catalog.generate_series(1, i.indnkeyatts) k (place)
            left join pg_catalog.pg_attribute a
              on a.attrelid = i.indrelid and a.attnum = i.indkey[k.place - 1] and a.attnum > 0
            order by k.place),
          'comment', pg_catalog.obj_description(i.indexrelid, 'pg_class')) as index
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      where i.indrelid = $1
      order by i.indisprimary desc, c.relname`,
    [oid],
  );
  return rows.map((row) => JSON.parse(row.index) as Omit<RelationIndex, 'size_bytes'>);
}
