import { z } from 'zod';
import { route } from '@/lib/route';
import { auditLogs, verifyLogs } from '@/lib/run-verify';

/** Whether the audit log is what was sealed, row by row. */
export const GET = route('verify-seals', z.object({}), (actor) => verifyLogs(actor, auditLogs));
