import 'server-only';
import type pg from 'pg';

type ViewParts = { definition: string; options: string | null };

/** The query of a view or materialized view, as PostgreSQL writes it, and the statement that makes it again. */
export async function readViewDdl(
  client: pg.Client,
  oid: string,
  name: string,
): Promise<{ definition: string; ddl: string[] }> {
  const { rows } = await client.query<ViewParts & { relkind: string }>(
    `select c.relkind, pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') as definition,
        pg_catalog.array_to_string(c.reloptions, ', ') as options
      from pg_catalog.pg_class c where c.oid = $1`,
    [oid],
  );
  const { relkind = 'v', definition = '', options = null } = rows[0] ?? {};
  const kind = relkind === 'm' ? 'materialized view' : 'view';
  const withOptions = options === null ? '' : ` with (${options})`;
  return {
    definition: definition.trimStart(),
    ddl: [`create ${kind} ${name}${withOptions} as\n${definition}`],
  };
}
