import 'server-only';
import { deferred } from '../deferred';

/** Weight (bytes) at which a producer is asked to pause, and below which it may go on. */
const highWater = 1024 * 1024;
const lowWater = 256 * 1024;

/** What holds a producer back and lets it go on. */
export type Valve = { pause(): void; resume(): void };

/** Where a producer puts events; one that is still being made may be a promise, and keeps its place. */
export type EventSink<T> = {
  push(event: T | Promise<T>, weight?: number): void;
  /** Names the producer to hold back while the queue is full, or none. */
  setValve(valve: Valve | null): void;
};

/** How a reader takes events. */
export type EventReader<T> = {
  /** The next event without waiting, or undefined. */
  take(): T | Promise<T> | undefined;
  /** The next event. Throws once what the producer failed with, after all events. */
  next(): Promise<IteratorResult<T, undefined>>;
  /** Leaves: what waits is forgotten, the producer is told, and it is waited for. */
  return(): Promise<IteratorResult<T, undefined>>;
  /** True when all events are there, false as soon as `weight` waits or `ms` have passed since the first one. */
  endsWithin(weight: number, ms: number): Promise<boolean>;
  /** What the producer failed with, taken as next() would throw it; null for a good end. */
  takeFailure(): unknown;
  [Symbol.asyncIterator](): EventReader<T>;
};

export type EventQueue<T> = EventSink<T> &
  EventReader<T> & {
    /** No event will follow; with `failure`, because the producer failed. */
    end(failure?: unknown): void;
  };

/**
 * Events from a producer to whoever reads them, in order. The valve holds the producer back, so that a slow
 * reader costs a megabyte, not the result. `onLeave` is called when the reader leaves before the end.
 */
export function createQueue<T>(onLeave: () => void = () => undefined): EventQueue<T> {
  let waiting: { event: T | Promise<T>; weight: number }[] = [];
  let weightNow = 0;
  let valve: Valve | null = null;
  let isFull = false;
  let isLeft = false;
  let isEnded = false;
  let failure: unknown = null;
  let wakes: (() => void)[] = [];
  let judge: ((isOver?: boolean) => void) | null = null;

  function notify(): void {
    const woken = wakes;
    wakes = [];
    for (const wake of woken) wake();
  }

  function take(): T | Promise<T> | undefined {
    const entry = waiting.shift();
    if (entry === undefined) return undefined;
    weightNow -= entry.weight;
    if (isFull && weightNow < lowWater) {
      isFull = false;
      valve?.resume();
    }
    return entry.event;
  }

  function takeFailure(): unknown {
    const taken = failure;
    failure = null;
    return taken;
  }

  async function change(): Promise<void> {
    const { promise, resolve } = deferred();
    wakes.push(resolve);
    await promise;
  }

  const queue: EventQueue<T> = {
    take,
    takeFailure,
    push(event, weight = 0) {
      if (isLeft || isEnded) return;
      waiting.push({ event, weight });
      weightNow += weight;
      if (!isFull && weightNow > highWater) {
        isFull = true;
        valve?.pause();
      }
      judge?.();
      notify();
    },
    setValve(next) {
      valve = next;
      if (isFull) valve?.pause();
    },
    end(reason = null) {
      isEnded = true;
      if (!isLeft) failure = reason;
      judge?.(true);
      notify();
    },
    async next() {
      for (;;) {
        const event = take();
        if (event !== undefined) return { value: await event, done: false };
        const failed = takeFailure();
        if (failed !== null) throw failed;
        if (isEnded) return { value: undefined, done: true };
        await change();
      }
    },
    async return() {
      isLeft = true;
      waiting = [];
      if (!isEnded) onLeave();
      while (!isEnded) await change();
      return { value: undefined, done: true };
    },
    endsWithin(weight, ms) {
      if (isEnded) return Promise.resolve(true);
      const { promise, resolve } = deferred<boolean>();
      let timer: NodeJS.Timeout | undefined;
      const settle = (isOver: boolean) => {
        clearTimeout(timer);
        judge = null;
        resolve(isOver);
      };
      judge = (isOver) => {
        if (isOver || weightNow >= weight) settle(isOver ?? false);
        else timer ??= setTimeout(settle, ms, false);
      };
      if (waiting.length > 0) judge();
      return promise;
    },
    [Symbol.asyncIterator]: () => queue,
  };
  return queue;
}
