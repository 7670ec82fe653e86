import 'server-only';
import type { RunProgress } from './api-types';
import { AppError } from './errors';
import { findCopyProgress } from './postgres/copy-progress';
import { openTarget } from './postgres/target';
import type { Actor } from './server';
import { findHistoryEntry } from './store/query-history';
import { findServer } from './store/servers';

/**
 * How far one's own run is or how it ended. Rows and bytes of a running one are those of an export or an import; of another
 * they are null. Throws AppError `not_found`, also for another user's run: the history has those.
 */
export async function readProgress(actor: Actor, id: string): Promise<RunProgress> {
  const entry = await findHistoryEntry(actor, id);
  if (entry.user !== actor.username) throw new AppError('not_found', 'There is no such run of yours.');
  const { status, rows, bytes, duration_ms, sqlstate, message } = entry;
  const ended = { id, status, rows, bytes, duration_ms, sqlstate, message };
  if (status !== 'running' || (entry.kind !== 'export' && entry.kind !== 'import')) return ended;
  const server = await findServer(actor, entry.server);
  const now = await findCopyProgress(openTarget(actor, server, entry.database, entry.level), id);
  return { ...ended, ...now };
}
