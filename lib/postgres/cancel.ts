import 'server-only';
import { type Target, withControlConnection } from './target';

/**
 * Cancels the backend that runs the statement with this history id, as the same login role and over a
 * connection of its own. Answers whether there was one. PostgreSQL is the registry: each run is named in its
 * backend's application_name while its transaction lasts.
 */
export async function cancelByHistoryId(target: Target, historyId: string): Promise<boolean> {
  return withControlConnection(target, async (client) => {
    const { rowCount } = await client.query(
      `select pg_catalog.pg_cancel_backend(pid) from pg_catalog.pg_stat_activity
        where application_name = $1 and usename = current_user and pid <> pg_catalog.pg_backend_pid()`,
      [`howdah:${historyId}`],
    );
    return (rowCount ?? 0) > 0;
  });
}
