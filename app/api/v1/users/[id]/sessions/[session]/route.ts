import { z } from 'zod';
import { userId } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { endSessionsOf } from '@/lib/run-users';

/** Ends one session of a user. */
export const DELETE = route('manage-users', userId.extend({ session: z.uuid() }), (actor, { id, session }) =>
  endSessionsOf(actor, id, session),
);
