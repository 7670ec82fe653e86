import { z } from 'zod';
import { route } from '@/lib/route';
import { renewRoles } from '@/lib/run-servers';

/** Makes the login roles of the levels again, with new passwords. */
export const POST = route('manage-servers', z.object({ server: z.string() }), (actor, { server }) =>
  renewRoles(actor, server),
);
