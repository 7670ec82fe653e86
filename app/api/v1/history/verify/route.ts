import { z } from 'zod';
import { route } from '@/lib/route';
import { historyLogs, verifyLogs } from '@/lib/run-verify';

/** Whether the query history is what was sealed, row by row. */
export const GET = route('verify-seals', z.object({}), (actor) => verifyLogs(actor, historyLogs));
