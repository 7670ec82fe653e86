import { expect, test } from 'vitest';
import { retryInBackground } from './retry';

/** A write that fails so many times; it counts how often it was tried. */
function failing(times: number) {
  const write = {
    tries: 0,
    async put() {
      write.tries += 1;
      if (write.tries <= times) throw new Error('the store is away');
    },
  };
  return write;
}

test('is tried until it is written, and then no more', async () => {
  const write = failing(2);
  expect(await retryInBackground('the test of it', write.put, [0, 0, 0, 0])).toBe(true);
  expect(write.tries).toBe(3);
});

test('is given up after the last pause, without an error for anybody', async () => {
  const write = failing(9);
  expect(await retryInBackground('the test of it', write.put, [0, 0, 0])).toBe(false);
  expect(write.tries).toBe(3);
});
