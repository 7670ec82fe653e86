import { countQuery, relationPlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { estimateRows } from '@/lib/run-browse';

/** What the planner expects of a filter, before or beside running it. */
export const POST = route(
  'browse',
  relationPlace.extend({ filter: countQuery.shape.filter }),
  (actor, { filter, ...place }, signal) => estimateRows(actor, place, filter, signal),
);
