import 'server-only';
import type { AuditEntry, SealState, Verification } from '../audit-types';
import { listAudit } from './audit-list';
import { storePool } from './db';
import type { SealedLog } from './mark';
import { readLastSeal } from './seal';
import { headOf } from './seal-head';

/** How far the logs are sealed, and what their last verifications found. */
export async function readSealState(): Promise<SealState> {
  const client = await storePool().connect();
  try {
    const last = await readLastSeal(client);
    const { items } = await listAudit({ action: 'seals.verify', limit: 20 });
    return {
      head: last === null ? null : headOf(last),
      sealed_at: last === null ? null : new Date(last.sealedAt).toISOString(),
      verifications: [...lastOf('history', 'query_history', items), ...lastOf('audit', 'audit_log', items)],
    };
  } finally {
    client.release();
  }
}

function lastOf(log: Verification['log'], table: SealedLog, entries: AuditEntry[]): Verification[] {
  const entry = entries.find(({ subject, result }) => result === 'succeeded' && subject.includes(table));
  if (entry === undefined) return [];
  const { ok, checked, first_bad } = entry.detail;
  const bad = typeof first_bad === 'string' ? first_bad : null;
  return [{ log, at: entry.ended_at ?? entry.at, ok: ok === true, checked: Number(checked), first_bad: bad }];
}
