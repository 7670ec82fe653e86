import 'server-only';
import { headOf, lineOf } from './audit-text';
import { recordEvent } from './audited';
import type { Actor } from './server';
import { type AuditFilter, streamAudit } from './store/audit-list';

type Wanted = Omit<AuditFilter, 'after' | 'limit'> & { format: 'csv' | 'ndjson' };

/** The audit log as a file, read as the client takes it; that it was taken is recorded first. Throws AppError. */
export async function exportAudit(
  actor: Actor,
  { format, ...filter }: Wanted,
): Promise<ReadableStream<Uint8Array>> {
  const subject = { kind: 'log', name: 'audit_log' };
  const detail = Object.fromEntries(
    Object.entries({ format, ...filter }).filter(([, value]) => value !== undefined),
  );
  await recordEvent(actor, { action: 'audit.export', subject, detail }, { result: 'succeeded' });
  const pages = streamAudit(filter);
  const encoder = new TextEncoder();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(headOf(format))),
    async pull(controller) {
      const { value, done } = await pages.next();
      if (done === true) return controller.close();
      controller.enqueue(encoder.encode(value.map((entry) => lineOf(entry, format)).join('')));
    },
  });
}
