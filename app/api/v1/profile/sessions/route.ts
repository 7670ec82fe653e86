import { z } from 'zod';
import { route } from '@/lib/route';
import { endOwnSessions } from '@/lib/run-profile';
import { listSessions } from '@/lib/store/sessions';

/** One's own living sessions. */
export const GET = route('manage-profile', z.object({}), async ({ userId, sessionId }) => ({
  items: await listSessions(userId, sessionId),
  next: null,
}));

/** Ends all of them but the one that asks. */
export const DELETE = route('manage-profile', z.object({}), (actor) => endOwnSessions(actor, null));
