import { z } from 'zod';
import { route } from '@/lib/route';
import { readSchedules } from '@/lib/run-schedules';

/** When a database is backed up and when its newest backup is proven. */
export const GET = route(
  'read-backups',
  z.object({ server: z.string(), database: z.string() }),
  async (actor, place) => ({ items: await readSchedules(actor, place), next: null }),
);
