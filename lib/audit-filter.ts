import { z } from 'zod';
import { auditActions } from './audit-types';
import { moment } from './history-filter';

const actions = Object.keys(auditActions) as [keyof typeof auditActions];

/** The filter of the audit log, as the page and the API take it from a URL. Times without zone are UTC. */
export const auditFilter = z.object({
  user: z.string().optional(),
  action: z.enum(actions).optional(),
  kind: z.enum(['user', 'system', 'security']).optional(),
  server: z.string().optional(),
  q: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** The same for a download of everything that it lets through. */
export const auditExport = auditFilter
  .omit({ after: true, limit: true })
  .extend({ format: z.enum(['csv', 'ndjson']).default('csv') });
