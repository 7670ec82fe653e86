import { expect, test } from 'vitest';
import { boundsOf, isRange, moveBy } from './grid-selection';

const extent = { rows: 100, columns: 5, page: 20 };
const from = { row: 50, column: 2 };

test('arrows move by one, with Ctrl to the edge', () => {
  expect(moveBy('ArrowDown', false, from, extent)).toEqual({ row: 51, column: 2 });
  expect(moveBy('ArrowLeft', true, from, extent)).toEqual({ row: 50, column: 0 });
  expect(moveBy('ArrowDown', true, from, extent)).toEqual({ row: 99, column: 2 });
});

test('Home and End stay in the row, with Ctrl they reach the corners', () => {
  expect(moveBy('End', false, from, extent)).toEqual({ row: 50, column: 4 });
  expect(moveBy('Home', true, from, extent)).toEqual({ row: 0, column: 0 });
  expect(moveBy('End', true, from, extent)).toEqual({ row: 99, column: 4 });
});

test('nothing leaves the grid; other keys are not ours', () => {
  expect(moveBy('PageDown', false, { row: 90, column: 0 }, extent)).toEqual({ row: 99, column: 0 });
  expect(moveBy('ArrowUp', false, { row: 0, column: 0 }, extent)).toEqual({ row: 0, column: 0 });
  expect(moveBy('a', false, from, extent)).toBeNull();
});

test('a selection made backwards has the same bounds', () => {
  const selection = { anchor: { row: 5, column: 3 }, active: { row: 2, column: 4 } };
  expect(boundsOf(selection)).toEqual({ top: 2, bottom: 5, left: 3, right: 4 });
  expect(isRange(selection)).toBe(true);
  expect(isRange({ anchor: from, active: { ...from } })).toBe(false);
});
