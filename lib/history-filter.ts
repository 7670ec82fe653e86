import { z } from 'zod';

/** A moment in a URL. */
export const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time, such as 2026-01-31T12:00Z');

/** The filter of the query history, as the page and the API take it from a URL. Times without zone are UTC. */
export const historyFilter = z.object({
  user: z.string().optional(),
  server: z.string().optional(),
  database: z.string().optional(),
  status: z.enum(['running', 'succeeded', 'failed', 'cancelled', 'timeout', 'unknown']).optional(),
  kind: z
    .enum(['editor', 'grid', 'browse', 'explain', 'dry_run', 'export', 'import', 'api', 'schedule'])
    .optional(),
  q: z.string().optional(),
  from: moment.optional(),
  to: moment.optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
