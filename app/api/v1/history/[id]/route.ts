import { z } from 'zod';
import { route } from '@/lib/route';
import { readHistoryEntry } from '@/lib/run-history';

export const GET = route('read-history', z.object({ id: z.uuid() }), (actor, { id }) =>
  readHistoryEntry(actor, id),
);
