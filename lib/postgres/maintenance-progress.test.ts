import { expect, test } from 'vitest';
import { createProgress } from './maintenance-progress';

const phase = { name: 'scanning heap', object: '1', total: 200, done: 50 };

test('is the share of the blocks, and nothing where none are counted', () => {
  const progress = createProgress(1);
  expect(progress(phase)).toBe(0.25);
  expect(progress({ ...phase, done: null })).toBeNull();
  expect(progress({ ...phase, total: 0 })).toBeNull();
  expect(progress({ ...phase, done: 500 })).toBe(1);
});

test('goes through several indexes one after the other', () => {
  const progress = createProgress(4);
  expect(progress({ ...phase, done: 100 })).toBe(0.125);
  expect(progress({ ...phase, object: '2', done: 100 })).toBe(0.375);
  expect(progress({ ...phase, object: '2', done: 200 })).toBe(0.5);
});
