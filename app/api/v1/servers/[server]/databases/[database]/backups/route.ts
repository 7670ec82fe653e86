import { z } from 'zod';
import { backupRequest } from '@/lib/backup-request';
import { accepted, route } from '@/lib/route';
import { requestBackup } from '@/lib/run-backup';

const schema = z.intersection(z.object({ server: z.string(), database: z.string() }), backupRequest);

/** Begins a backup; its job does the work. */
export const POST = route('take-backup', schema, async (actor, { server, database, ...wanted }) =>
  accepted(await requestBackup(actor, { server, database }, wanted)),
);
