import { z } from 'zod';
import { route } from '@/lib/route';
import { listMigrations } from '@/lib/run-migrations';

export const GET = route(
  'browse',
  z.object({ server: z.string(), database: z.string() }),
  (actor, { server, database }) => listMigrations(actor, server, database),
);
