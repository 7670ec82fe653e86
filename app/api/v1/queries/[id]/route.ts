import { z } from 'zod';
import { route } from '@/lib/route';
import { cancelQuery } from '@/lib/run-cancel';

/** Cancels a statement or a script; 409 when it is over. */
export const DELETE = route('cancel-query', z.object({ id: z.uuid() }), (actor, { id }) =>
  cancelQuery(actor, id),
);
