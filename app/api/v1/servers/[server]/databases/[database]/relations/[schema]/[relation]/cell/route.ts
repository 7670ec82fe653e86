import { cellQuery, relationPlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { openCell } from '@/lib/run-cell';

/** The whole text of a cell that arrived cut, as a download; 204 for NULL. A client that leaves ends the reading. */
export const GET = route(
  'browse',
  relationPlace.extend(cellQuery.shape),
  async (actor, { row, column, ...place }, signal) => {
    const { id, stream, bytes, disposition } = await openCell(actor, place, { row, column }, signal);
    const headers = { 'cache-control': 'private, no-store', 'howdah-query-id': id };
    if (stream === null) return new Response(null, { status: 204, headers });
    return new Response(stream, {
      headers: {
        ...headers,
        'content-type': 'text/plain; charset=utf-8',
        'content-length': String(bytes),
        'howdah-length': String(bytes),
        'content-disposition': disposition,
        'x-content-type-options': 'nosniff',
        'x-accel-buffering': 'no',
      },
    });
  },
);
