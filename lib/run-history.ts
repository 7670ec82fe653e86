import 'server-only';
import type { HistoryEntry, Page } from './api-types';
import { recordEvent } from './audited';
import type { Actor } from './server';
import { hasRecent } from './store/audit-log';
import { findHistoryEntry, type HistoryFilter, listHistory } from './store/query-history';

/** Reading the same again within this time is the same reading: one row, not one a page. */
const readingMinutes = 10;

/**
 * Runs on the servers that the actor may see, newest first. Who reads what others ran is recorded first; one's own runs
 * are one's own. Throws AppError.
 */
export async function readHistory(actor: Actor, filter: HistoryFilter): Promise<Page<HistoryEntry>> {
  const { user = 'everyone', server } = filter;
  if (user !== actor.username) await recordReading(actor, { kind: 'history of', name: user }, server);
  return listHistory(actor, filter);
}

/** One run; another's is recorded as read. Throws AppError `not_found`. */
export async function readHistoryEntry(actor: Actor, id: string): Promise<HistoryEntry> {
  const entry = await findHistoryEntry(actor, id);
  if (entry.user !== actor.username) await recordReading(actor, { kind: 'run', name: id }, entry.server);
  return entry;
}

async function recordReading(actor: Actor, subject: { kind: string; name: string }, server?: string) {
  const event = { action: 'history.read', subject, server } as const;
  if (await hasRecent(actor, event, readingMinutes)) return;
  await recordEvent(actor, event, { result: 'succeeded' });
}
