import 'server-only';
import { env } from './env';
import { AppError } from './errors';
import { singleton } from './singleton';

/**
 * How fast one user, and one address, may ask: a bucket each that fills by the second and holds ten seconds' worth. In
 * this process's memory: a limit that asked the store would cost what it saves, and with two instances twice as much is
 * let through, which is no harm: it keeps a runaway script from stalling others, and guessing has limits of its own.
 */
type Bucket = { tokens: number; filledAt: number };

const seconds = 10;

/** What an answer to somebody who is not signed in costs of their address. */
const strangerCost = 50;

/** Buckets that are kept; full ones say nothing and go first. */
const mostBuckets = 10_000;

/** Counts a request of a user. Throws AppError `limited`. */
export function limitUser(userId: string): void {
  take(`user ${userId}`, env().HOWDAH_RATE_LIMIT, 1);
}

/** Counts a request from an address; one of a stranger counts for many. Throws AppError `limited`. */
export function limitAddress(address: string | null, who: 'anyone' | 'stranger'): void {
  take(`address ${address}`, 2 * env().HOWDAH_RATE_LIMIT, who === 'stranger' ? strangerCost : 1);
}

function take(name: string, rate: number, cost: number): void {
  const buckets = singleton('rate-limit.buckets', () => new Map<string, Bucket>());
  const now = performance.now();
  const bucket = buckets.get(name) ?? { tokens: rate * seconds, filledAt: now };
  const tokens = Math.min(rate * seconds, bucket.tokens + ((now - bucket.filledAt) / 1000) * rate);
  if (tokens < cost) throw limited(Math.ceil((cost - tokens) / rate));
  if (buckets.size >= mostBuckets) dropFull(buckets, now);
  buckets.set(name, { tokens: tokens - cost, filledAt: now });
}

/** One that was not asked of for as long as it takes to fill is full. */
function dropFull(buckets: Map<string, Bucket>, now: number): void {
  for (const [name, { filledAt }] of buckets) if (now - filledAt > seconds * 1000) buckets.delete(name);
  if (buckets.size >= mostBuckets) buckets.clear();
}

function limited(retryAfter: number): AppError {
  return new AppError('limited', 'So many requests at once are too many.', {
    hint: `Wait ${retryAfter} s, and ask more slowly. HOWDAH_RATE_LIMIT says how fast.`,
    retryAfter,
  });
}
