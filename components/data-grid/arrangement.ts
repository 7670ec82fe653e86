/**
 * How the fields of a grid are shown: `places` are their indexes in order, without those that are hidden; the first
 * `pinned` of them stay in sight; `widths`, in pixels by index, are those that somebody has chosen.
 */
export type Arrangement = {
  places: readonly number[];
  pinned: number;
  widths: ReadonlyMap<number, number>;
};

/** All fields as they come. */
export function asTheyCome(fields: readonly unknown[]): Arrangement {
  return { places: fields.map((_, index) => index), pinned: 0, widths: new Map() };
}
