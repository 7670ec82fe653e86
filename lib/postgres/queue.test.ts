import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createQueue } from './queue';

function valved() {
  const calls: string[] = [];
  const valve = { pause: () => calls.push('full'), resume: () => calls.push('room') };
  return { calls, valve };
}

test('a full queue holds the producer back until its reader has made room', async () => {
  const { calls, valve } = valved();
  const queue = createQueue<number>();
  queue.setValve(valve);
  for (let i = 0; i < 4; i++) queue.push(i, 400 * 1024);
  expect(calls).toEqual(['full']);
  queue.end();
  const seen: number[] = [];
  for await (const event of queue) seen.push(event);
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(calls).toEqual(['full', 'room']);
});

test('a queue that is full already holds back whoever produces next', () => {
  const { calls, valve } = valved();
  const queue = createQueue<number>();
  queue.push(1, 2 * 1024 * 1024);
  queue.setValve(valve);
  expect(calls).toEqual(['full']);
});

test('an event that is still being made keeps its place', async () => {
  const queue = createQueue<string>();
  queue.push(sleep(5, 'first'));
  queue.push('second');
  queue.end();
  const seen: string[] = [];
  for await (const event of queue) seen.push(event);
  expect(seen).toEqual(['first', 'second']);
});

test('a failure comes once, after the events before it', async () => {
  const queue = createQueue<string>();
  queue.push('event');
  queue.end(new Error('lost'));
  expect(await queue.next()).toEqual({ value: 'event', done: false });
  await expect(queue.next()).rejects.toThrow('lost');
  expect(await queue.next()).toEqual({ value: undefined, done: true });
});

test('a reader who leaves waits for the producer, and what it still puts is forgotten', async () => {
  let isTold = false;
  const queue = createQueue<string>(() => {
    isTold = true;
    setImmediate(() => {
      queue.push('late');
      queue.end(new Error('cancelled'));
    });
  });
  queue.push('early');
  expect(await queue.return()).toEqual({ value: undefined, done: true });
  expect(isTold).toBe(true);
  expect(await queue.next()).toEqual({ value: undefined, done: true });
});

test('says whether all is there: at its end, over a weight, or after a time', async () => {
  const short = createQueue<string>();
  const isShort = short.endsWithin(100, 60_000);
  short.push('event', 10);
  short.end();
  expect(await isShort).toBe(true);
  const heavy = createQueue<string>();
  const isLight = heavy.endsWithin(100, 60_000);
  heavy.push('event', 100);
  expect(await isLight).toBe(false);
  const slow = createQueue<string>();
  const isQuick = slow.endsWithin(100, 1);
  slow.push('event', 10);
  expect(await isQuick).toBe(false);
});
