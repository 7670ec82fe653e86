import 'server-only';
import { AppError } from '../errors';
import { decryptSecret, encryptSecret } from './secrets';

/** How long a ticket is good for, in milliseconds. */
const goodForMs = 60_000;

/** What a ticket holds: the id that its run will have, and what is to be exported. */
export type Ticket<T> = { id: string; request: T };

/** A ticket that nobody but this user can use, and nobody can read or change. */
export function sealTicket<T>(userId: string, ticket: Ticket<T>): string {
  const until = Date.now() + goodForMs;
  return encryptSecret(JSON.stringify({ ...ticket, until }), placeOf(userId));
}

/** What a user's ticket holds. Throws AppError `invalid` for one that is another's, too old or none. */
export function openTicket(userId: string, sealed: string): Ticket<unknown> {
  try {
    const { until, ...ticket } = JSON.parse(decryptSecret(sealed, placeOf(userId))) as Ticket<unknown> & {
      until: number;
    };
    if (until > Date.now()) return ticket;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  throw new AppError('invalid', 'This ticket is not good: it is of another user, or older than a minute.', {
    hint: 'Begin the export again.',
  });
}

function placeOf(userId: string): string {
  return `export ticket of ${userId}`;
}
