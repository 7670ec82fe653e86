import { z } from 'zod';
import { level, userId } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { grantLevel } from '@/lib/run-users';

const place = userId.extend({ server: z.string() });

/** Grants a level on a server, in place of what was granted before. */
export const PUT = route('manage-users', place.extend({ level }), (actor, { id, ...grant }) =>
  grantLevel(actor, id, grant),
);

/** Takes the access to a server away: it does not exist for the user any more. */
export const DELETE = route('manage-users', place, (actor, { id, server }) =>
  grantLevel(actor, id, { server, level: null }),
);
