import 'server-only';
import { sql } from 'kysely';
import type { ColumnLayout } from '../api-types';
import { store } from './db';

/** Which grid of which user. */
export type GridKey = {
  user_id: string;
  server_id: string;
  database: string;
  schema: string;
  relation: string;
};

/** Arrangements that are kept for one user; those changed longest ago go. */
const mostKept = 1_000;

/** How a user has arranged a grid's columns; empty for a grid that is as it came. */
export async function findLayout(key: GridKey): Promise<ColumnLayout> {
  const row = await ofGrid(key).executeTakeFirst();
  return row?.columns ?? [];
}

/** Keeps an arrangement in place of the one before; an empty one is forgotten. */
export async function putLayout(key: GridKey, layout: ColumnLayout): Promise<void> {
  if (layout.length === 0) {
    await store()
      .deleteFrom('column_layouts')
      .where(({ and }) => and(key))
      .execute();
    return;
  }
  const columns = JSON.stringify(layout);
  await store()
    .insertInto('column_layouts')
    .values({ ...key, columns })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'server_id', 'database', 'schema', 'relation'])
        .doUpdateSet({ columns, changed_at: sql<Date>`now()` }),
    )
    .execute();
  await sql`delete from column_layouts where ctid = any (array(
    select ctid from column_layouts where user_id = ${key.user_id} order by changed_at desc offset ${mostKept}))`.execute(
    store(),
  );
}

function ofGrid(key: GridKey) {
  return store()
    .selectFrom('column_layouts')
    .select('columns')
    .where(({ and }) => and(key));
}
