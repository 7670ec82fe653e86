import { type RawBuilder, sql } from 'kysely';
import type { Db, Relation, Rows, Shape } from './tool';

/** Characters of a value that are read; names and versions are far shorter. */
const valueLimit = 1_000;

/** Rows that are counted beyond those that are read. */
const countLimit = 100_000;

/** A column to sort by: its name, and `nulls last` when it may be empty. */
type Order = { column: string | null; mayBeNull?: boolean };

/**
 * The newest `limit` rows of a history as text, oldest first, by `newest` (each descending; absent columns are
 * passed over), with how many rows there are. All values are of PostgreSQL's own types, so that no user's code
 * runs in a cast.
 */
export async function readRows<K extends string>(
  db: Db,
  relation: Relation,
  shape: Shape<K>,
  newest: readonly Order[],
  limit: number,
): Promise<Rows<K>> {
  const from = sql.id(relation.schema, relation.name);
  const values = (Object.entries(shape) as [K, string | null][]).map(([word, column]) =>
    column === null
      ? sql`null::pg_catalog.text as ${sql.id(word)}`
      : sql`pg_catalog.left(${sql.id(column)}::pg_catalog.text, ${sql.lit(valueLimit)}) as ${sql.id(word)}`,
  );
  const order = newest.flatMap(({ column, mayBeNull }): RawBuilder<unknown>[] =>
    column === null ? [] : [sql`h.${sql.id(column)} desc ${sql.raw(mayBeNull ? 'nulls last' : '')}`],
  );
  const { rows } = await sql<Record<K, string | null>>`
    select ${sql.join(values)} from ${from} h order by ${sql.join(order)} limit ${limit + 1}`.execute(db);
  if (rows.length <= limit) return { rows: rows.reverse(), total: rows.length };
  return { rows: rows.slice(0, limit).reverse(), total: await countRows(db, from) };
}

async function countRows(db: Db, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: string }>`
    select pg_catalog.count(*)::pg_catalog.text as total
    from (select from ${from} limit ${countLimit}) h`.execute(db);
  return Number(rows[0]?.total ?? 0);
}
