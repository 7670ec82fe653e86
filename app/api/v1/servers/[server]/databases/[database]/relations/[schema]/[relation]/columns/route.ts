import { columnLayout, relationPlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { keepColumnLayout, readColumnLayout } from '@/lib/run-columns';

/** How whoever asks has arranged the columns of the relation's grid. */
export const GET = route('browse', relationPlace, async (actor, place) => ({
  items: await readColumnLayout(actor, place),
}));

/** Keeps another arrangement; no items take it back. */
export const PUT = route(
  'browse',
  relationPlace.extend({ items: columnLayout }),
  async (actor, { items, ...place }) => {
    await keepColumnLayout(actor, place, items);
  },
);
