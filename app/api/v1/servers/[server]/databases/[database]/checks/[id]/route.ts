import { z } from 'zod';
import { route } from '@/lib/route';
import { removeCheck } from '@/lib/run-checks';

const schema = z.object({ server: z.string(), database: z.string(), id: z.uuid() });

export const DELETE = route('manage-backups', schema, removeCheck);
