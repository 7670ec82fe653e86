import { z } from 'zod';
import { route } from '@/lib/route';
import { readBackends } from '@/lib/run-activity';

/** The backends of a server, as far as PostgreSQL shows them to the level that looks. */
export const GET = route('read-activity', z.object({ server: z.string() }), (actor, { server }) =>
  readBackends(actor, server),
);
