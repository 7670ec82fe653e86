/**
 * How the fields of a grid are shown: `places` are their indexes in order, without those that are hidden; the first
 * `pinned` of them stay in sight; `widths`, in pixels by index, are those that somebody has chosen.
 */
export type Arrangement = {
  places: readonly number[];
  pinned: number;
  widths: ReadonlyMap<number, number>;
};

/** The part of a grid's width that columns which stay in sight may take at most. */
const mostPinned = 0.6;

/** How many of the pinned columns fit: on a narrow screen they must leave room for the others to go by. */
export function countFitting(widths: readonly number[], pinned: number, room: number): number {
  let taken = 0;
  for (let place = 0; place < pinned; place += 1) {
    taken += widths[place] ?? 0;
    if (taken > room * mostPinned) return place;
  }
  return pinned;
}

/** All fields as they come. */
export function asTheyCome(fields: readonly unknown[]): Arrangement {
  return { places: fields.map((_, index) => index), pinned: 0, widths: new Map() };
}
