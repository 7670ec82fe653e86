import { z } from 'zod';
import { route } from '@/lib/route';
import { deleteBackup } from '@/lib/run-delete-backup';
import { findBackup } from '@/lib/store/backups';

const place = z.object({ id: z.uuid() });

export const GET = route('read-backups', place, async (actor, { id }) => {
  const { place: _, ...backup } = await findBackup(actor, id);
  return backup;
});

const deletion = place.extend({ confirm: z.string(), last: z.stringbool().default(false) });

/** Deletes its file; its row stays. `confirm` is the name of its database; `last` lets the only good or proven copy go. */
export const DELETE = route('manage-backups', deletion, (actor, { id, confirm, last }) =>
  deleteBackup(actor, id, { confirm, isLastToo: last }),
);
