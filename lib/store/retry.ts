import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds before each further try: nineteen minutes in all. */
const pauses = [1, 2, 5, 10, 30, 60, 120, 300, 600];

/**
 * Tries a write that the store has failed at again, in the background and less and less often, for nineteen minutes; then
 * the console is told that `what` was given up. Answers whether it was written. Never throws, and keeps no process alive.
 */
export async function retryInBackground(
  what: string,
  put: () => Promise<unknown>,
  pausesInSeconds = pauses,
): Promise<boolean> {
  for (const seconds of pausesInSeconds) {
    await sleep(seconds * 1000, undefined, { ref: false });
    const isWritten = await put().then(
      () => true,
      () => false,
    );
    if (isWritten) return true;
  }
  console.error(`howdah: ${what} was given up`);
  return false;
}
