import { z } from 'zod';
import { route } from '@/lib/route';
import { findBackup } from '@/lib/store/backups';

export const GET = route('read-backups', z.object({ id: z.uuid() }), async (actor, { id }) => {
  const { place: _, ...backup } = await findBackup(actor, id);
  return backup;
});
