import { z } from 'zod';
import { route } from '@/lib/route';
import { removeSchedule, setSchedule } from '@/lib/run-schedules';

const place = z.object({ server: z.string(), database: z.string(), kind: z.enum(['backup', 'verify']) });
const count = z.number().int().min(0).max(1000);
const wish = place.extend({
  cron: z.string().max(200),
  time_zone: z.string().max(100),
  format: z.enum(['custom', 'directory']).optional(),
  jobs: z.number().int().min(1).max(16).optional(),
  destination: z.enum(['local', 's3']).optional(),
  keep: z.object({ last: count, daily: count, weekly: count, monthly: count }).nullable().default(null),
});

/** Sets the one schedule of its kind. */
export const PUT = route('manage-backups', wish, setSchedule);

export const DELETE = route('manage-backups', place, removeSchedule);
