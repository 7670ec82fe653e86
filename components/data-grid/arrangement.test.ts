import { expect, test } from 'vitest';
import { countFitting } from './arrangement';

test('pinned columns leave room for the others', () => {
  expect(countFitting([100, 100, 100], 2, 1000)).toBe(2);
  expect(countFitting([100, 300, 100], 3, 400)).toBe(1);
  expect(countFitting([300, 100], 2, 400)).toBe(0);
  expect(countFitting([100], 0, 0)).toBe(0);
});
