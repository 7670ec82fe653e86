import { z } from 'zod';
import { route } from '@/lib/route';
import { listAlerts } from '@/lib/store/alerts';

const schema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** What is wrong with backups, the open alerts first. */
export const GET = route('read-backups', schema, (actor, { limit }) => listAlerts(actor, limit));
