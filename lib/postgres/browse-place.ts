import { between, isStepped } from './browse-between';
import type { OrderTerm } from './browse-order';
import type { Point, Spread } from './catalog/column-statistics';

/** A stretch of a column's values with its share of all rows; a `step` is one value. */
type Stretch = { low: string; high: string; isStep: boolean; share: number };

/**
 * The values of the order's first terms near which a fraction of the rows is passed: as many as it takes to stand
 * between two values. Inside of many equal values the next term decides, as if it spread there as it does over all.
 * Null where a term that is needed has no statistics.
 */
export function placeAt(
  terms: OrderTerm[],
  spreads: (Spread | null)[],
  fraction: number,
): (string | null)[] | null {
  const [term, ...more] = terms;
  const [spread, ...rest] = spreads;
  if (term === undefined || !spread) return null;
  const isAscending = term.direction === 'asc';
  const found = locate(spread, isAscending ? fraction : 1 - fraction);
  if (found === null) return null;
  const { value, within } = found;
  if (within === null || (more.length === 0 && value !== null)) return [value];
  const deeper = placeAt(more, rest, isAscending ? within : 1 - within);
  if (deeper !== null) return [value, ...deeper];
  return value === null ? null : [value];
}

/** A value, and how far inside of its equals a place is; null where it has no equals to speak of. */
type Located = { value: string | null; within: number | null };

function locate(spread: Spread, fraction: number): Located | null {
  const stretches = stretchesOf(spread);
  const all = stretches.reduce((sum, { share }) => sum + share, 0);
  const valued = 1 - spread.null_fraction;
  if (fraction >= valued && spread.null_fraction > 0) {
    return { value: null, within: (fraction - valued) / spread.null_fraction };
  }
  if (all === 0) return null;
  let left = (fraction / valued) * all;
  for (const [index, { low, high, isStep, share }] of stretches.entries()) {
    if (left > share) {
      left -= share;
      continue;
    }
    const inside = share === 0 ? 0 : left / share;
    if (isStep) return { value: low, within: inside };
    const value = between(spread.type_oid, low, high, inside);
    const isLast = index === stretches.length - 1;
    if (value === null) return { value: inside < 0.5 || isLast ? low : high, within: null };
    return { value: value.text, within: isStepped(spread.type_oid, low, high) ? value.within : null };
  }
  return { value: stretches.at(-1)?.high ?? null, within: null };
}

/** The values of a column in their order, each stretch with its share: the histogram's are alike but for what is common. */
function stretchesOf({ points, null_fraction, type_oid }: Spread): Stretch[] {
  const common = points.reduce((sum, { frequency }) => sum + (frequency ?? 0), 0);
  const buckets = points.filter(({ frequency }) => frequency === null).length - 1;
  const perBucket = buckets > 0 ? Math.max(0, 1 - null_fraction - common) / buckets : 0;
  const stretches: Stretch[] = [];
  let bucket: Point[] = [];
  for (const point of points) {
    const isBound = point.frequency === null;
    if (bucket.length > 0 && isBound) {
      stretches.push(...splitBucket([...bucket, point], perBucket, type_oid));
      bucket = [point];
    } else if (bucket.length > 0) bucket.push(point);
    else if (isBound) bucket = [point];
    else stretches.push(stepOf(point));
  }
  return [...stretches, ...bucket.slice(1).map(stepOf)];
}

/** A bucket with the common values inside of it: they take no part of its share, but lie between its parts. */
function splitBucket(points: Point[], share: number, type_oid: number): Stretch[] {
  const low = points[0]?.value ?? '';
  const high = points.at(-1)?.value ?? '';
  const marks = points.map(({ value }, index) => {
    const far = between(type_oid, low, high, 0) === null ? null : distance(type_oid, low, high, value);
    return far ?? index / (points.length - 1);
  });
  return points.slice(1).flatMap((point, index) => {
    const part = share * Math.max(0, (marks[index + 1] ?? 0) - (marks[index] ?? 0));
    const range = { low: points[index]?.value ?? low, high: point.value, isStep: false, share: part };
    return point.frequency === null ? [range] : [range, stepOf(point)];
  });
}

/** How far between two values a third lies, found by halving: the types differ, what lies between does not. */
function distance(type_oid: number, low: string, high: string, value: string): number | null {
  const at = (fraction: number) => between(type_oid, low, high, fraction)?.number ?? Number.NaN;
  const [from, to, there] = [at(0), at(1), between(type_oid, value, value, 0)?.number ?? Number.NaN];
  const part = (there - from) / (to - from);
  return Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : null;
}

function stepOf({ value, frequency }: Point): Stretch {
  return { low: value, high: value, isStep: true, share: frequency ?? 0 };
}
