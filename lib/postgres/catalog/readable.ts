import 'server-only';
import type pg from 'pg';

/** A relation with the columns that the connected role may read, and those that it may not. */
export type ReadableColumns = { name: string; readable: string[]; closed: string[] };

/** What the connected role may read of these relations, those that are there; a null schema means by search_path. */
export async function listReadableColumns(
  client: pg.Client,
  relations: { schema: string | null; name: string }[],
): Promise<ReadableColumns[]> {
  const { rows } = await client.query<{ relation: string }>(
    `select pg_catalog.json_build_object(
        'name', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
        'readable', coalesce(pg_catalog.json_agg(a.attname order by a.attnum) filter (where p.is_readable), '[]'),
        'closed', coalesce(pg_catalog.json_agg(a.attname order by a.attnum) filter (where not p.is_readable), '[]')
      )::pg_catalog.text as relation
      from pg_catalog.json_to_recordset($1::pg_catalog.json) w (schema pg_catalog.text, name pg_catalog.text)
      join pg_catalog.pg_class c on c.relname = w.name and c.relkind in ('r', 'p', 'v', 'm', 'f')
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        and n.nspname !~ '^pg_'
        and case when w.schema is null then n.nspname = any (pg_catalog.current_schemas(true)) else n.nspname = w.schema end
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      cross join lateral (select pg_catalog.has_schema_privilege(n.oid, 'usage')
        and pg_catalog.has_column_privilege(c.oid, a.attnum, 'select') as is_readable) p
      group by n.nspname, c.relname
      order by n.nspname, c.relname`,
    [JSON.stringify(relations)],
  );
  return rows.map((row) => JSON.parse(row.relation) as ReadableColumns);
}
