import { uncached } from '@/lib/answer-headers';
import { countQuery, relationPlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { countRows } from '@/lib/run-browse';

/** The exact number of rows, on demand: a client that leaves cancels it. */
export const POST = route(
  'browse',
  relationPlace.extend(countQuery.shape),
  async (actor, { filter, timeout_ms, ...place }, signal) => {
    const count = await countRows(actor, place, { filters: filter, timeoutMs: timeout_ms }, signal);
    const headers = { ...uncached, 'howdah-query-id': count.query_id };
    return Response.json(count, { headers });
  },
);
