import { z } from 'zod';
import { route } from '@/lib/route';
import { readGrantScript } from '@/lib/run-choose';

/** The grants that are missing, for a DBA to run. */
export const GET = route('manage-servers', z.object({ server: z.string() }), async (actor, { server }) => ({
  script: await readGrantScript(actor, server),
}));
