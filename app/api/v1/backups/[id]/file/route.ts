import { z } from 'zod';
import { route } from '@/lib/route';
import { openDownload } from '@/lib/run-backup-file';

/** The file itself, as it is kept. `howdah-length` survives where a proxy takes content-length away. */
export const GET = route('download-backup', z.object({ id: z.uuid() }), async (actor, { id }) => {
  const { stream, bytes, name } = await openDownload(actor, id);
  return new Response(stream, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes),
      'howdah-length': String(bytes),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    },
  });
});
