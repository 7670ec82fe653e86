import 'server-only';
import type pg from 'pg';
import type { Page } from '../../api-types';
import { decodeCursor, encodeCursor, textsOf } from '../../cursor';

/** Which objects of a database to list, and from where on. */
export type ObjectFilter = {
  /** All but PostgreSQL's own schemas where left out. */
  schema?: string;
  /** Part of `schema.name`, in any case. */
  q?: string;
  after?: string;
  limit: number;
};

/** What every row of a listing query brings along: the last part of its place, after schema and name. */
type Placed = { schema: string; name: string; place: string };

/**
 * One page of a listing query by schema, name and `place`. The query's text is `select … from … where <conditions>`
 * over aliases `n` (pg_namespace) and what `name` and `place` say; conditions, order and limit are added here.
 */
export async function listPage<R extends Placed>(
  client: pg.Client,
  query: { select: string; name: string; place: string },
  { schema, q, after, limit }: ObjectFilter,
): Promise<Page<R>> {
  const [afterSchema, afterName, afterPlace] =
    after === undefined ? [null, null, null] : decodeCursor(textsOf(3), after);
  const pattern = q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await client.query<R>(
    `${query.select}
        and case when $1::pg_catalog.text is null
          then n.nspname !~ '^pg_' and n.nspname <> 'information_schema' else n.nspname = $1 end
        and ($2::pg_catalog.text is null
          or n.nspname || '.' || ${query.name} collate "default" ilike $2)
        and ($3::pg_catalog.text is null
          or (n.nspname, ${query.name}, ${query.place}) > ($3, $4::pg_catalog.text, $5::pg_catalog.text))
      order by n.nspname, ${query.name}, ${query.place}
      limit $6`,
    [schema, pattern, afterSchema, afterName, afterPlace, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, next: hasMore ? encodeCursor([last.schema, last.name, last.place]) : null };
}
