import { z } from 'zod';
import { route } from '@/lib/route';
import { revokeLink } from '@/lib/run-links';

/** Takes a one-time link back. */
export const DELETE = route('manage-users', z.object({ id: z.uuid() }), (actor, { id }) =>
  revokeLink(actor, id),
);
