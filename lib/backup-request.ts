import { z } from 'zod';

const later = (what: string) => `${what} comes with a later version of Howdah`;

/** Given or not, an option that does not exist yet is refused rather than passed over. */
const notYet = (what: string) => z.undefined({ error: () => later(what) }).optional();

/** What a backup may be asked to be. Today: the whole database in pg_dump's custom format. */
export const backupRequest = z.object({
  format: z
    .enum(['custom', 'directory', 'plain'])
    .default('custom')
    .refine((format) => format === 'custom', { error: ({ input }) => later(`the format "${input}"`) }),
  contents: z
    .enum(['all', 'schema', 'data'])
    .default('all')
    .refine((contents) => contents === 'all', {
      error: ({ input }) => later(`a backup of only the ${input}`),
    }),
  compress: notYet('a choice of compression'),
  encrypt: notYet('encryption'),
  relations: notYet('a backup of single relations'),
});

const limit = z.coerce.number().int().min(1).max(500).default(50);

/** The filter of the list of backups, as page and API take it from a URL. */
export const backupFilter = z.object({
  server: z.string().optional(),
  database: z.string().optional(),
  after: z.uuid().optional(),
  limit,
});

/** The filter of the list of jobs. */
export const jobFilter = z.object({
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted']).optional(),
  after: z.uuid().optional(),
  limit,
});
