import { z } from 'zod';
import { route } from '@/lib/route';
import { endOwnSessions } from '@/lib/run-profile';

/** Ends one of one's own sessions. */
export const DELETE = route('manage-profile', z.object({ session: z.uuid() }), (actor, { session }) =>
  endOwnSessions(actor, session),
);
