import { expect, test } from 'vitest';
import { createQueue } from './queue';

test('a full queue holds the producer back until its reader has made room', async () => {
  const calls: string[] = [];
  const queue = createQueue<number>(
    () => calls.push('full'),
    () => calls.push('room'),
  );
  for (let i = 0; i < 4; i++) queue.push(i, 400 * 1024);
  expect(calls).toEqual(['full']);
  queue.end();
  const seen: number[] = [];
  for await (const event of queue) seen.push(event);
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(calls).toEqual(['full', 'room']);
});

test('what is dropped makes room at once', async () => {
  const calls: string[] = [];
  const queue = createQueue<string>(
    () => calls.push('full'),
    () => calls.push('room'),
  );
  queue.push('rows', 2 * 1024 * 1024);
  queue.drop((event) => event === 'end');
  queue.push('rows', 2 * 1024 * 1024);
  queue.push('end');
  queue.end();
  const seen: string[] = [];
  for await (const event of queue) seen.push(event);
  expect(seen).toEqual(['end']);
  expect(calls).toEqual(['full', 'room']);
});
