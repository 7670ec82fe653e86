import { z } from 'zod';
import { route } from '@/lib/route';
import { revokeKey } from '@/lib/run-api-keys';

/** Revokes a key at once: one's own; an admin anybody's. */
export const DELETE = route('manage-api-keys', z.object({ id: z.uuid() }), (actor, { id }) =>
  revokeKey(actor, id),
);
