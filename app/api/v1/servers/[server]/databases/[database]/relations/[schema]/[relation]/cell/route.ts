import { ofLength, savedAs, uncached } from '@/lib/answer-headers';
import { cellQuery, relationPlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { openCell } from '@/lib/run-cell';

/** The whole text of a cell that arrived cut, as a download; 204 for NULL. A client that leaves ends the reading. */
export const GET = route(
  'browse',
  relationPlace.extend(cellQuery.shape),
  async (actor, { row, column, ...place }, signal) => {
    const { id, stream, bytes, disposition } = await openCell(actor, place, { row, column }, signal);
    const run = { 'howdah-query-id': id };
    if (stream === null) return new Response(null, { status: 204, headers: { ...uncached, ...run } });
    const file = { ...savedAs(disposition, 'text/plain; charset=utf-8'), ...ofLength(bytes) };
    return new Response(stream, { headers: { ...file, ...run } });
  },
);
