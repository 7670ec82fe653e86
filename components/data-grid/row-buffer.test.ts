import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRowBuffer, indexCuts } from './row-buffer';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first rows are published at once, later ones at most every interval', () => {
  const buffer = createRowBuffer(100);
  const heard = vi.fn();
  buffer.subscribe(heard);
  buffer.append([['1']]);
  expect(buffer.getCount()).toBe(0);
  vi.advanceTimersByTime(0);
  expect(buffer.getCount()).toBe(1);
  buffer.append([['2']]);
  buffer.append([['3']]);
  vi.advanceTimersByTime(99);
  expect(buffer.getCount()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(buffer.getCount()).toBe(3);
  expect(heard).toHaveBeenCalledTimes(2);
});

test('flush publishes the rest and leaves nothing pending', () => {
  const buffer = createRowBuffer();
  const heard = vi.fn();
  buffer.subscribe(heard);
  buffer.append([['1'], ['2']]);
  buffer.flush();
  expect(buffer.getCount()).toBe(2);
  vi.runAllTimers();
  expect(heard).toHaveBeenCalledTimes(1);
});

test('who unsubscribes hears no more', () => {
  const buffer = createRowBuffer();
  const heard = vi.fn();
  buffer.subscribe(heard)();
  buffer.append([['1']]);
  buffer.flush();
  expect(heard).not.toHaveBeenCalled();
});

test('cuts are counted from the first row of the result, not of their batch', () => {
  const buffer = createRowBuffer();
  buffer.append([['a'], ['b']]);
  buffer.append([['c'], ['d']], [[1, 0, 99_000]]);
  expect(buffer.cuts.get(3)?.get(0)).toBe(99_000);
  expect(
    indexCuts([[1, 0, 99_000]])
      .get(1)
      ?.get(0),
  ).toBe(99_000);
});
