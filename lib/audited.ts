import 'server-only';
import { withoutSecrets } from './audit-detail';
import type { AuditDetail } from './audit-types';
import { AppError, asAppError } from './errors';
import { nowhere } from './origin';
import type { Via } from './server';
import { type AuditEnd, type AuditEvent, type Doer, insertAuditRow } from './store/audit-log';
import { retryInBackground } from './store/retry';

/** Work that is recorded. `note` adds to the detail of its end what is known only then. */
type Work<T> = (note: (detail: AuditDetail) => void) => Promise<T>;

/**
 * Does a piece of work and records it: one row is committed before it begins, another when it has ended, so that nothing
 * is done unrecorded, whether it reaches outside the store or not. Where the first can't be written nothing is done:
 * throws AppError `unreachable`. What the work throws is recorded and thrown again.
 *
 *     audited(actor, { action: 'job.cancel', subject: { kind: 'job', name: id } }, () => cancel(id))
 */
export async function audited<T>(doer: Doer, event: AuditEvent, work: Work<T>): Promise<T> {
  const eventId = await write(doer, event, { result: 'started' }).catch(nothingDone);
  const detail = { ...event.detail };
  const answer = await work((more) => Object.assign(detail, more)).catch(async (error) => {
    const { code, message } = asAppError(error);
    const end = { result: code === 'forbidden' ? 'refused' : 'failed', errorCode: code, eventId } as const;
    // The work's own error says more than one about its record.
    await writeEnd(doer, { ...event, detail: { ...detail, message } }, end).catch(() => undefined);
    throw error;
  });
  await writeEnd(doer, { ...event, detail }, { result: 'succeeded', eventId });
  return answer;
}

/**
 * Records what needs no work, or has been refused: one row. Throws AppError `unreachable` where it can't be written: then
 * what it allows must not be done.
 */
export async function recordEvent(
  doer: Doer,
  event: AuditEvent,
  end: Pick<AuditEnd, 'result' | 'errorCode'>,
): Promise<void> {
  await write(doer, event, end).catch(nothingDone);
}

/**
 * Records that somebody who is signed in was refused. `what` is the entry: `POST /api/v1/servers`. Never throws: they are
 * refused either way.
 */
export async function recordRefusal(doer: Doer, what: string, { code, message }: AppError): Promise<void> {
  const event = {
    action: 'access.refuse',
    subject: { kind: 'entry', name: what },
    detail: { message },
  } as const;
  await write(doer, event, { result: 'refused', errorCode: code }).catch((error) =>
    console.error(`howdah: a refusal of ${doer.username} at ${what} could not be recorded: ${error}`),
  );
}

/** A part of Howdah that acts of itself. */
export function systemDoer(via: Extract<Via, 'start' | 'scheduler' | 'sweeper' | 'console'>): Doer {
  return { userId: null, username: 'howdah', via, origin: nowhere };
}

function write(doer: Doer, event: AuditEvent, end: AuditEnd): Promise<string> {
  return insertAuditRow(doer, { ...event, detail: withoutSecrets(event.detail ?? {}) }, end);
}

function nothingDone(cause: unknown): never {
  throw new AppError('unreachable', 'The audit log cannot be written, so nothing was done.', {
    hint: 'Check the store: npm run check. Howdah changes nothing that it cannot record.',
    cause,
  });
}

/** While the store is away it goes on trying in the background; the caller is told at once. */
async function writeEnd(doer: Doer, event: AuditEvent, end: AuditEnd): Promise<void> {
  try {
    await write(doer, event, end);
  } catch (cause) {
    void retryInBackground(`the end of the audit event ${end.eventId}`, () => write(doer, event, end));
    throw new AppError('unreachable', 'It was done, but its end could not be recorded yet.', {
      hint: 'Howdah goes on trying. Until then the audit log shows it as begun.',
      cause,
    });
  }
}
