import { z } from 'zod';
import { accepted, route } from '@/lib/route';
import { requestRestore } from '@/lib/run-restore';

const schema = z.object({ id: z.uuid(), database: z.string() });

/** Begins a restore into a new database of the backup's server; its job does the work. */
export const POST = route('restore-backup', schema, async (actor, { id, database }) =>
  accepted(await requestRestore(actor, id, database)),
);
