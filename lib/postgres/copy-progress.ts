import 'server-only';
import { type Target, withControlConnection } from './target';

/**
 * How far the COPY of a run is, on whichever instance it runs: PostgreSQL knows, by the name of its backend. Null where none is
 * running. `bytes` are those of PostgreSQL's own format.
 */
export async function findCopyProgress(
  target: Target,
  historyId: string,
): Promise<{ rows: number; bytes: number } | null> {
  return withControlConnection(target, async (client) => {
    const { rows } = await client.query<{ rows: string; bytes: string }>(
      `select p.tuples_processed as rows, p.bytes_processed as bytes
        from pg_catalog.pg_stat_progress_copy p
        join pg_catalog.pg_stat_activity a using (pid)
        where a.application_name = $1 and a.usename = current_user`,
      [`howdah:${historyId}`],
    );
    const [row] = rows;
    return row === undefined ? null : { rows: Number(row.rows), bytes: Number(row.bytes) };
  });
}
