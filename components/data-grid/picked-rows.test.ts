import { expect, test } from 'vitest';
import { countRows, isPicked, type PickedRows, pickRange, shiftRows, toggleRow } from './picked-rows';

test('ranges that meet or touch become one, whatever came first', () => {
  expect(pickRange([], 5, 3)).toEqual([[3, 5]]);
  expect(pickRange([[3, 5]], 6, 6)).toEqual([[3, 6]]);
  expect(
    pickRange(
      [
        [1, 2],
        [8, 9],
      ],
      4,
      6,
    ),
  ).toEqual([
    [1, 2],
    [4, 6],
    [8, 9],
  ]);
  expect(
    pickRange(
      [
        [1, 2],
        [4, 5],
        [9, 9],
      ],
      8,
      2,
    ),
  ).toEqual([[1, 9]]);
});

test('a row is taken out of the midst of others, and put back', () => {
  const without = toggleRow([[3, 6]], 4);
  expect(without).toEqual([
    [3, 3],
    [5, 6],
  ]);
  expect(toggleRow(without, 4)).toEqual([[3, 6]]);
  expect(toggleRow([[2, 2]], 2)).toEqual([]);
});

test('picked one by one in any order they are the same rows', () => {
  let picked: PickedRows = [];
  for (const row of [7, 1, 4, 3, 9, 8, 4, 2, 4]) picked = toggleRow(picked, row);
  expect(picked).toEqual([
    [1, 4],
    [7, 9],
  ]);
  expect(countRows(picked)).toBe(7);
  expect([0, 1, 4, 5, 9].map((row) => isPicked(picked, row))).toEqual([false, true, true, false, true]);
});

test('rows that come before them move them; what goes is let go', () => {
  expect(
    shiftRows(
      [
        [0, 3],
        [6, 6],
      ],
      100,
    ),
  ).toEqual([
    [100, 103],
    [106, 106],
  ]);
  expect(
    shiftRows(
      [
        [0, 3],
        [6, 9],
      ],
      -7,
    ),
  ).toEqual([[0, 2]]);
});
