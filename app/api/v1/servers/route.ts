import { z } from 'zod';
import { route } from '@/lib/route';
import { summariseServers } from '@/lib/run-health';

export const GET = route('browse', z.object({}), async (actor) => ({
  items: await summariseServers(actor),
  next: null,
}));
