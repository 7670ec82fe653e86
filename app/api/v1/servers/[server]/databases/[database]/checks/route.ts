import { z } from 'zod';
import { route } from '@/lib/route';
import { addCheck, readChecks } from '@/lib/run-checks';

const place = z.object({ server: z.string(), database: z.string() });
const check = place.extend({ name: z.string().trim().min(1).max(100), sql: z.string().min(1).max(20_000) });

/** The queries that must answer true in every restored copy of a database. */
export const GET = route('read-backups', place, async (actor, where) => ({
  items: await readChecks(actor, where),
  next: null,
}));

export const POST = route('manage-backups', check, addCheck);
