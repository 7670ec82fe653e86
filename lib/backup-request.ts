import zlib from 'node:zlib';
import { z } from 'zod';

const relation = z.object({ schema: z.string().min(1), relation: z.string().min(1) });

const canZstd = 'createZstdCompress' in zlib;

/** Jobs that may dump one database at once: each is a connection to its server. */
const mostJobs = 16;

/** What a backup may be asked to be; what is not asked for is the whole database as an archive. */
export const backupRequest = z
  .object({
    format: z.enum(['custom', 'directory', 'plain']).default('custom'),
    jobs: z.number().int().min(1).max(mostJobs).optional(),
    destination: z.enum(['local', 's3']).optional(),
    contents: z.enum(['all', 'schema', 'data', 'globals']).default('all'),
    compress: z
      .enum(['none', 'gzip', 'zstd'])
      .default('none')
      .refine((compress) => compress !== 'zstd' || canZstd, {
        error: 'zstd needs Howdah to run on Node 22.15 or newer; gzip is there',
      }),
    encrypt: z.boolean().optional(),
    relations: z.array(relation).min(1).max(500).nullable().default(null),
  })
  .refine(({ format, compress }) => format === 'plain' || compress === 'none', {
    error: 'an archive compresses itself: a choice is for the format "plain"',
    path: ['compress'],
  })
  .refine(({ format, jobs }) => format === 'directory' || jobs === undefined || jobs === 1, {
    error: 'only the format "directory" is dumped by several jobs at once',
    path: ['jobs'],
  })
  .refine(({ format, contents }) => format === 'plain' || contents !== 'globals', {
    error: 'roles and globals are written as a script: the format is "plain"',
    path: ['contents'],
  })
  .refine(({ contents, relations }) => contents !== 'globals' || relations === null, {
    error: 'roles and globals belong to no table',
    path: ['relations'],
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
