import 'server-only';
import { deferred } from '../deferred';

/** Weight (bytes) at which a producer is asked to pause, and below which it may go on. */
const highWater = 1024 * 1024;
const lowWater = 256 * 1024;

export type EventQueue<T> = {
  push(event: T, weight?: number): void;
  /** No event will follow. */
  end(): void;
  /** Forgets what waits and takes nothing more but what `isKept` lets pass. */
  drop(isKept: (event: T) => boolean): void;
  /** The events in order, until end(). */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined>;
};

/**
 * Events from a socket to whoever reads them. `onFull` and `onRoom` hold back and release the producer, so that
 * a slow reader costs a megabyte, not the result.
 */
export function createQueue<T>(onFull: () => void, onRoom: () => void): EventQueue<T> {
  let waiting: { event: T; weight: number }[] = [];
  let weightNow = 0;
  let isFull = false;
  let isEnded = false;
  let wake: (() => void) | null = null;
  let isKept: ((event: T) => boolean) | null = null;

  function checkRoom(): void {
    if (isFull && weightNow < lowWater) {
      isFull = false;
      onRoom();
    }
  }

  function notify(): void {
    wake?.();
    wake = null;
  }

  async function next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const entry = waiting.shift();
      if (entry !== undefined) {
        weightNow -= entry.weight;
        checkRoom();
        return { value: entry.event, done: false };
      }
      if (isEnded) return { value: undefined, done: true };
      const { promise, resolve } = deferred();
      wake = resolve;
      await promise;
    }
  }

  return {
    push(event, weight = 0) {
      if (isKept !== null && !isKept(event)) return;
      waiting.push({ event, weight });
      weightNow += weight;
      if (!isFull && weightNow > highWater) {
        isFull = true;
        onFull();
      }
      notify();
    },
    end() {
      isEnded = true;
      notify();
    },
    drop(keep) {
      isKept = keep;
      waiting = waiting.filter(({ event }) => keep(event));
      weightNow = waiting.reduce((sum, { weight }) => sum + weight, 0);
      checkRoom();
    },
    [Symbol.asyncIterator]: () => ({ next }),
  };
}
