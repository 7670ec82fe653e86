import { z } from 'zod';
import { route } from '@/lib/route';
import { listServerDatabases } from '@/lib/run-catalog';

export const GET = route('browse', z.object({ server: z.string() }), async (actor, { server }) => ({
  items: await listServerDatabases(actor, server),
  next: null,
}));
