import { expect, test } from 'vitest';
import { mostNamed, scanCsv } from './csv-scan';

function scanned(text: string, columns: number, size = 3, has_header = false) {
  const csv = scanCsv({ delimiter: ',', quote: '"', has_header, columns: Array(columns).fill('x') });
  const bytes = Buffer.from(text);
  const through: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) through.push(csv.take(bytes.subarray(at, at + size)));
  csv.end();
  return { ...csv.scan, through: Buffer.concat(through).toString() };
}

test.each([1, 2, 3, 1000])('rows are counted whatever the pieces, here of %i bytes', (size) => {
  const text = 'a,b\r\n"x, ""y""\r\nz",2\n,\n"",""';
  expect(scanned(text, 2, size)).toMatchObject({ rows: 4, bad: [], through: text });
});

test('a row of another width is named by its row and its line', () => {
  const text = 'id,body\n1,"two\nlines"\n2\n3,a,b\n';
  expect(scanned(text, 2, 4, true)).toMatchObject({
    rows: 3,
    bad: [
      { row: 2, line: 4, message: '1 value where 2 are due' },
      { row: 3, line: 5, message: '3 values where 2 are due' },
    ],
  });
});

test('an end that is missing is said', () => {
  expect(scanned('1,"a\n2,b\n', 2).bad.at(-1)?.message).toBe('a quoted value does not end');
});

test('the first hundred are named', () => {
  const { bad, isMore } = scanned('1\n'.repeat(150), 2, 64);
  expect(bad).toHaveLength(mostNamed);
  expect(isMore).toBe(true);
});

test('a byte order mark is left out', () => {
  expect(scanned('\ufeffa,b\n', 2, 100).through).toBe('a,b\n');
});
