import { z } from 'zod';
import { route } from '@/lib/route';
import { readBackupContents } from '@/lib/run-restore-archive';

/** What an archive holds, entry by entry, to pick from. */
export const GET = route('restore-backup', z.object({ id: z.uuid() }), async (actor, { id }) => ({
  items: await readBackupContents(actor, id),
  next: null,
}));
