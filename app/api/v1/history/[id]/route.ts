import { z } from 'zod';
import { route } from '@/lib/route';
import { findHistoryEntry } from '@/lib/store/query-history';

export const GET = route('read-history', z.object({ id: z.uuid() }), (actor, { id }) =>
  findHistoryEntry(actor, id),
);
