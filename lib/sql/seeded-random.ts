/** A reproducible source of choices, for property tests (mulberry32). */
export type Random = {
  /** A whole number, 0 ≤ n < `limit`. */
  below(limit: number): number;
  /** One of the values; they must not be empty. */
  pick<T>(values: readonly [T, ...T[]]): T;
};

/** Makes a Random that gives the same choices for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return { below, pick: (values) => values[below(values.length)] ?? values[0] };
}
