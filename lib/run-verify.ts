import 'server-only';
import { audited, recordEvent, systemDoer } from './audited';
import { singleton } from './singleton';
import { type Doer, findLastEvent } from './store/audit-log';
import { type SealedLog, sealedLogs } from './store/mark';
import { readHead, type SealHead } from './store/seal-head';
import { type Fault, type Verdict, verifySeals } from './store/verify-seals';

/** How old the last verification may be before the scheduler asks for the next, in hours. */
const verifyHours = 24;

export const historyLogs = ['query_history', 'query_outcome'] as const satisfies readonly SealedLog[];
export const auditLogs = ['audit_log'] as const satisfies readonly SealedLog[];

/**
 * Verifies logs against their seals and the head that this instance remembers, and records what was found. Who asks while
 * the same is under way gets its answer. Throws AppError.
 */
export function verifyLogs(doer: Doer, logs: readonly SealedLog[]): Promise<Verdict> {
  const running = singleton('verify.running', () => new Map<string, Promise<Verdict>>());
  const name = logs.join();
  const verdict = running.get(name) ?? verifyRecorded(doer, logs).finally(() => running.delete(name));
  running.set(name, verdict);
  return verdict;
}

function verifyRecorded(doer: Doer, logs: readonly SealedLog[]): Promise<Verdict> {
  const subject = { kind: 'log', name: logs.join(', ') };
  return audited(doer, { action: 'seals.verify', subject }, async (note) => {
    const verdict = await verifyWithHead(logs, []);
    const { ok, checked, first_bad } = verdict;
    note({ ok, checked, first_bad: first_bad?.message ?? null });
    if (first_bad !== undefined) await recordBroken(doer, first_bad);
    return verdict;
  });
}

/** An event of its own: that a verification was made is no news, that something does not fit is. */
async function recordBroken(doer: Doer, { log, id, seal, message }: Fault): Promise<void> {
  const subject = { kind: log ?? 'seal', name: id ?? String(seal) };
  await recordEvent(
    doer,
    { action: 'seals.broken', subject, detail: { message, seal } },
    { result: 'failed' },
  );
  console.error(`howdah: the logs do not fit their seals: ${message}`);
}

/** Verifies logs against their seals, the head that this instance remembers, and others that somebody wrote down. */
export async function verifyWithHead(logs: readonly SealedLog[], heads: SealHead[]): Promise<Verdict> {
  const own = await readHead();
  return verifySeals(logs, own === null ? heads : [own, ...heads]);
}

/** Verifies everything once a day, whichever instance does it; what does not fit is in the audit log and on the console. */
export async function verifyDaily(): Promise<void> {
  const last = await findLastEvent('seals.verify', sealedLogs.join(', '));
  if (last !== null && Date.now() - last.at.getTime() < verifyHours * 3_600_000) return;
  await verifyLogs(systemDoer('scheduler'), sealedLogs);
}
