import { z } from 'zod';
import { accepted, route } from '@/lib/route';
import { requestRestore } from '@/lib/run-restore';

const schema = z.object({
  id: z.uuid(),
  database: z.string(),
  over: z.string().optional(),
  entries: z.array(z.number().int().positive()).min(1).max(100_000).optional(),
});

/** Begins a restore into a new database of the backup's server, or in the place of one; its job does the work. */
export const POST = route('restore-backup', schema, async (actor, { id, ...wish }) =>
  accepted(await requestRestore(actor, id, wish)),
);
