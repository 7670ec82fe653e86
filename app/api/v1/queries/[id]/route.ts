import { z } from 'zod';
import { route } from '@/lib/route';
import { cancelQuery } from '@/lib/run-cancel';
import { readProgress } from '@/lib/run-progress';

/** How far one's own run is, or how it ended. */
export const GET = route('read-history', z.object({ id: z.uuid() }), (actor, { id }) =>
  readProgress(actor, id),
);

/** Cancels a statement or a script; 409 when it is over. */
export const DELETE = route('cancel-query', z.object({ id: z.uuid() }), (actor, { id }) =>
  cancelQuery(actor, id),
);
