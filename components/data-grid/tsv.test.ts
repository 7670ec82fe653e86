import { expect, test } from 'vitest';
import { toTsv } from './tsv';

const rows = [
  ['1', null, 'a\tb'],
  ['2', '', 'say "hi"\n'],
];

test('one cell is copied as it is', () => {
  expect(toTsv(rows, { top: 1, bottom: 1, left: 2, right: 2 }, [0, 1, 2])).toBe('say "hi"\n');
  expect(toTsv(rows, { top: 0, bottom: 0, left: 1, right: 1 }, [0, 1, 2])).toBe('');
});

test('a range is quoted where it must be', () => {
  expect(toTsv(rows, { top: 0, bottom: 1, left: 0, right: 2 }, [0, 1, 2])).toBe(
    '1\t\t"a\tb"\n2\t\t"say ""hi""\n"',
  );
});

test('what is hidden is not copied, and the rest comes as it is shown', () => {
  expect(toTsv(rows, { top: 0, bottom: 1, left: 0, right: 1 }, [2, 0])).toBe('"a\tb"\t1\n"say ""hi""\n"\t2');
  expect(toTsv(rows, { top: 0, bottom: 0, left: 0, right: 0 }, [2, 0])).toBe('a\tb');
});
