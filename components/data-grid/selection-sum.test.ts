import { expect, test } from 'vitest';
import { sumSelection } from './selection-sum';

const sumOf = (...values: (string | null)[]) =>
  sumSelection(
    values.map((value) => [value]),
    { top: 0, bottom: values.length - 1, left: 0, right: 0 },
    { places: [0], isNumber: () => true },
  );

test.each([
  [['0.1', '0.2'], '0.3', '0.15'],
  [['9007199254740993', '9007199254740993'], '18014398509481986', '9007199254740993'],
  [['1', '1', '2'], '4', '1.333333'],
  [['-1', '-1', '0'], '-2', '-0.666667'],
  [['1.10', '2.20', null, 'NaN', 'Infinity', ''], '3.30', '1.65'],
  [['1e-07', '5e+20'], '500000000000000000000.0000001', '250000000000000000000.00000005'],
  [['-0.5', '0.5'], '0.0', '0'],
  [['100', '100'], '200', '100'],
])('%j come to %s, on average %s', (values, sum, average) => {
  expect(sumOf(...values)).toMatchObject({ sum, average });
});

test('one cell, and cells without a number, have no sum', () => {
  expect(sumOf('1')).toBeNull();
  expect(sumOf(null, 'x')).toBeNull();
  const bounds = { top: 0, bottom: 1, left: 0, right: 1 };
  const rows = [
    ['1', '5'],
    ['2', '6'],
  ];
  expect(sumSelection(rows, bounds, { places: [0, 1], isNumber: (field) => field === 1 })).toEqual({
    cells: 4,
    numbers: 2,
    sum: '11',
    average: '5.5',
  });
});

test('the columns are those that are shown there', () => {
  const bounds = { top: 0, bottom: 0, left: 0, right: 1 };
  const shown = { places: [3, 1, 0], isNumber: () => true };
  expect(sumSelection([['1', '20', '300', '4000']], bounds, shown)).toMatchObject({
    sum: '4020',
    numbers: 2,
  });
});

test('a number of a million digits does not hold the page up', () => {
  expect(sumOf('1e+999999', '1')).toMatchObject({ numbers: 1, sum: '1' });
});
