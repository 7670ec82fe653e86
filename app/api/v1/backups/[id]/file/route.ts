import { z } from 'zod';
import { ofLength, savedAs } from '@/lib/answer-headers';
import { route } from '@/lib/route';
import { openDownload } from '@/lib/run-backup-file';

/** The file itself, as it is kept. */
export const GET = route('download-backup', z.object({ id: z.uuid() }), async (actor, { id }) => {
  const { stream, bytes, name } = await openDownload(actor, id);
  const headers = savedAs(`attachment; filename="${name}"`, 'application/octet-stream');
  return new Response(stream, { headers: { ...headers, ...ofLength(bytes) } });
});
