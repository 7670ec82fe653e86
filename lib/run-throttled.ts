import 'server-only';
import { addressRange } from './address-range';
import { AppError } from './errors';
import type { Origin } from './server';
import { countAttempt, type ThrottleRule, uncountAttempt } from './store/throttles';

/**
 * Makes an attempt to get in, unless too many before it have failed; `attempt` answers null for a wrong password or token.
 * Throws AppError `limited` that says how long to wait, whether the attempt would be right or not.
 */
export async function throttled<T>(
  rules: readonly ThrottleRule[],
  attempt: () => Promise<T | null>,
): Promise<T | null> {
  const seconds = await countAttempt(rules);
  if (seconds > 0) throw tooMany(seconds);
  const answer = await attempt().catch(async (error) => {
    // What fails for another reason is no guess.
    await uncountAttempt(rules, false);
    throw error;
  });
  if (answer !== null) await uncountAttempt(rules, true);
  return answer;
}

function tooMany(seconds: number): AppError {
  return new AppError('limited', `Too many tries have failed. Try again in ${inWords(seconds)}.`, {
    hint: 'Nothing is locked: the next try after that counts again.',
    retryAfter: seconds,
  });
}

/** `1 second`, `40 seconds`, `15 minutes`. */
function inWords(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * What slows the guessing of a password down: the pair of account and address, then each of them. `isKnown`: the account
 * has signed in from this address before, so that neither who guesses elsewhere nor who shares the address keeps its user
 * out.
 */
export function signInRules(username: string, { address }: Origin, isKnown: boolean): ThrottleRule[] {
  const name = username.trim().toLowerCase();
  const place = placeOf(address);
  const pair = { subject: `sign-in ${name} ${place}`, free: 5, longest: 900, isShared: false };
  if (isKnown) return [pair];
  return [
    pair,
    { subject: `sign-in from ${place}`, free: 25, longest: 900, isShared: true },
    { subject: `sign-in as ${name}`, free: 10, longest: 60, isShared: false },
  ];
}

/** What slows down who is signed in and guesses the account's own password. */
export function ownPasswordRules(userId: string): ThrottleRule[] {
  return [{ subject: `password of ${userId}`, free: 5, longest: 900, isShared: false }];
}

/** What slows the guessing of tokens down, by address alone: `what` keeps the kinds of tokens apart. */
export function tokenRules(what: 'link' | 'set-up' | 'api-key', { address }: Origin): ThrottleRule[] {
  return [{ subject: `${what} from ${placeOf(address)}`, free: 10, longest: 900, isShared: true }];
}

function placeOf(address: string | null): string {
  return address === null ? 'nowhere' : addressRange(address);
}
