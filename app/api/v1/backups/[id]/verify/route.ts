import { z } from 'zod';
import { accepted, route } from '@/lib/route';
import { requestVerify } from '@/lib/run-prove';

const schema = z.object({ id: z.uuid(), server: z.string().optional() });

/** Begins to prove a backup by restoring it, on its own server or the one that is named; its job does the work. */
export const POST = route('verify-backup', schema, async (actor, { id, server }) =>
  accepted(await requestVerify(actor, id, server)),
);
