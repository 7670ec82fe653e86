import { z } from 'zod';
import { route } from '@/lib/route';
import { cancelJob } from '@/lib/run-jobs';
import { findJob } from '@/lib/store/jobs';

const schema = z.object({ id: z.uuid() });

export const GET = route('read-jobs', schema, async (actor, { id }) => {
  const { user_id: _, ...job } = await findJob(actor, id);
  return job;
});

/** Cancels a job; 409 when it is over. */
export const DELETE = route('cancel-job', schema, (actor, { id }) => cancelJob(actor, id));
