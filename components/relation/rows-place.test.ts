import { expect, test } from 'vitest';
import { fractionOf } from './rows-place';

const page = {
  rows: Array.from({ length: 100 }, () => []),
  at_start: false,
  at_end: false,
  estimated_rows: 1000,
};

test.each([
  [{}, { ...page, at_start: true }, 0.5, 0],
  [{ at: '0.7300' }, { ...page, at_end: true }, null, 1],
  [{ at: '0.7300' }, page, null, 0.73],
  [{ after: 'x' }, page, 0.3, 0.4],
  [{ before: 'x' }, page, 0.05, 0],
  [{ after: 'x' }, page, null, null],
  [{ after: 'x' }, { ...page, estimated_rows: null }, 0.3, null],
])('%j', (view, shown, before, fraction) => {
  const found = fractionOf(view, shown, before);
  if (fraction === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(fraction);
});
