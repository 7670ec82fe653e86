import { z } from 'zod';

/** A backend, and why it is to be signalled. */
export const backendSignal = z.object({
  server: z.string(),
  pid: z.coerce.number().int().positive(),
  started_at: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(3, 'says why, in three characters at least').max(500),
});
