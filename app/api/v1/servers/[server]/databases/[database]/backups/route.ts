import { z } from 'zod';
import { backupRequest } from '@/lib/backup-request';
import { accepted, route } from '@/lib/route';
import { requestBackup } from '@/lib/run-backup';

const schema = backupRequest.extend({ server: z.string(), database: z.string() });

/** Begins a backup; its job does the work. */
export const POST = route('take-backup', schema, async (actor, { server, database }) =>
  accepted(await requestBackup(actor, server, database)),
);
