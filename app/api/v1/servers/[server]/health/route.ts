import { z } from 'zod';
import { route } from '@/lib/route';
import { checkServer } from '@/lib/run-health';

export const GET = route('read-health', z.object({ server: z.string() }), (actor, { server }) =>
  checkServer(actor, server),
);
