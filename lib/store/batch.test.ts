import { expect, test } from 'vitest';
import { deferred } from '../deferred';
import { inBatches } from './batch';

test('rows of one turn, and those that come while a write is in flight, share one', async () => {
  const batches: number[][] = [];
  const started = deferred();
  const gate = deferred();
  const put = inBatches<number, void>(async (rows) => {
    batches.push(rows);
    started.resolve();
    await gate.promise;
    return [];
  });
  const first = [1, 2].map(put);
  await started.promise;
  const second = [3, 4].map(put);
  gate.resolve();
  await Promise.all([...first, ...second]);
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a bad row fails alone', async () => {
  const written: number[] = [];
  const put = inBatches<number, void>(async (rows) => {
    await Promise.resolve();
    if (rows.includes(3)) throw Object.assign(new Error('bad row'), { code: '22021' });
    written.push(...rows);
    return [];
  });
  const results = await Promise.allSettled([1, 2, 3, 4].map(put));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(written.sort()).toEqual([1, 2, 4]);
});

test('a row is not said to be committed before its write ends', async () => {
  const gate = deferred();
  const put = inBatches<number, void>(() => gate.promise.then(() => []));
  let isDone = false;
  const pending = put(1).then(() => {
    isDone = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  gate.resolve();
  await pending;
  expect(isDone).toBe(true);
});

test("a fault that is no row's fails the whole batch at once", async () => {
  let writes = 0;
  const put = inBatches<number, void>(async () => {
    writes += 1;
    throw Object.assign(new Error('lock timeout'), { code: '55P03' });
  });
  const results = await Promise.allSettled([1, 2, 3, 4].map(put));
  expect(results.map((result) => result.status)).toEqual(Array(4).fill('rejected'));
  expect(writes).toBe(1);
});

test('each caller gets the result of its own row', async () => {
  const double = inBatches<number, number>(async (rows) => rows.map((row) => row * 2));
  expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
});
