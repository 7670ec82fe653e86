import { z } from 'zod';
import { route } from '@/lib/route';
import { offerChoices, retryWall } from '@/lib/run-choose';
import { readWall } from '@/lib/run-wall';

const schema = z.object({ server: z.string() });

/** What PostgreSQL enforces on a server, and where it does not. */
export const GET = route('read-health', schema, (actor, { server }) => readWall(actor, server));

/** Synchronises the grants and tries the wall, now. */
export const POST = route('manage-servers', schema, async (actor, { server }) => ({
  ...(await retryWall(actor, server)),
  databases: await offerChoices(actor, server),
}));
