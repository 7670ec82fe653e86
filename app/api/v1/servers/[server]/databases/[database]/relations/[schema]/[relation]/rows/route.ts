import { relationPlace, rowsQuery } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { browseRows } from '@/lib/run-browse';

/** One page of rows, recorded as one run. */
export const GET = route(
  'browse',
  relationPlace.extend(rowsQuery.shape),
  (actor, { filter, ...input }, signal) => browseRows(actor, input, { ...input, filters: filter }, signal),
);
