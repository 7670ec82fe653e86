import { z } from 'zod';
import { route } from '@/lib/route';
import { glanceAtBackups } from '@/lib/run-backup-state';

/** How every database does with its backups: last, last proven, next, and what is wrong. */
export const GET = route('read-backups', z.object({}), async (actor) => {
  const { states, away } = await glanceAtBackups(actor);
  return { items: states, next: null, away };
});
