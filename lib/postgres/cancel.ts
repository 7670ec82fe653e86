import 'server-only';
import type { Backend } from './backend';
import { type Target, withControlConnection } from './target';
import { terminateBackend } from './terminate';

/** How long a backend may go on after a cancel from here before it is ended, in milliseconds. */
const patienceMs = 5_000;

/**
 * Cancels the backend that runs the statement with this history id, as the same login role and over a
 * connection of its own. Answers whether there was one. PostgreSQL is the registry: each run is named in its
 * backend's application_name while its transaction lasts. One that still runs it after 5 s is ended.
 */
export async function cancelByHistoryId(target: Target, historyId: string): Promise<boolean> {
  const cancelled = await findRunning(target, historyId, 'pg_catalog.pg_cancel_backend(pid)');
  if (cancelled.length > 0)
    setTimeout(() => void endStubborn(target, historyId, cancelled), patienceMs).unref();
  return cancelled.length > 0;
}

async function endStubborn(target: Target, historyId: string, cancelled: Backend[]): Promise<void> {
  try {
    const running = await findRunning(target, historyId, 'null');
    const isSame = (one: Backend) =>
      cancelled.some(({ pid, startedAt }) => pid === one.pid && startedAt === one.startedAt);
    for (const backend of running.filter(isSame)) await terminateBackend(target, backend);
  } catch (error) {
    console.error(`howdah: the run ${historyId} goes on after its cancel`, error);
  }
}

async function findRunning(target: Target, historyId: string, action: string): Promise<Backend[]> {
  return withControlConnection(target, async (client) => {
    const { rows } = await client.query<{ pid: string; started_at: string }>(
      `select pid, backend_start::pg_catalog.text as started_at, ${action} from pg_catalog.pg_stat_activity
        where application_name = $1 and usename = current_user and pid <> pg_catalog.pg_backend_pid()`,
      [`howdah:${historyId}`],
    );
    return rows.map(({ pid, started_at }) => ({ pid: Number(pid), startedAt: started_at }));
  });
}
