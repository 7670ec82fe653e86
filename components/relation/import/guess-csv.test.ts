import { expect, test } from 'vitest';
import { guessCsv, headBytes, mapColumns, samplePlaces } from './guess-csv';

const bytes = (text: string) => new TextEncoder().encode(text);

test('delimiter, header and rows of a file', () => {
  const guessed = guessCsv(bytes('\ufeffid;"na;me"\r\n1;"a ""b""\nc"\r\n2;'), true);
  expect(guessed).toMatchObject({ delimiter: ';', has_header: true, encoding: 'UTF8' });
  expect(guessed.rows).toEqual([
    ['id', 'na;me'],
    ['1', 'a "b"\nc'],
    ['2', ''],
  ]);
});

test('a row that may be cut off is not shown', () => {
  expect(guessCsv(bytes('1\t2\n3\t'), false)).toMatchObject({
    delimiter: '\t',
    has_header: false,
    rows: [['1', '2']],
  });
});

test('what is no UTF-8 is taken for Windows', () => {
  const guessed = guessCsv(new Uint8Array([0x61, 0x2c, 0xe9, 0x0a]), true);
  expect(guessed).toMatchObject({ encoding: 'WIN1252', rows: [['a', 'é']] });
});

test('UTF-16 is known by its mark, and without one by its zeros', () => {
  const wide = (text: string) =>
    Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]));
  const swapped = (bytes: Uint8Array) => Uint8Array.from(bytes, (_, at) => bytes[at ^ 1] ?? 0);
  for (const text of ['\ufeffid,name\n1,\u00e9\n', 'id,name\n1,\u00e9\n']) {
    expect(guessCsv(wide(text), true)).toMatchObject({
      encoding: 'UTF16LE',
      rows: [
        ['id', 'name'],
        ['1', '\u00e9'],
      ],
    });
    expect(guessCsv(swapped(wide(text)), true)).toMatchObject({ encoding: 'UTF16BE', delimiter: ',' });
  }
});

test('an encoding shows itself further on than the beginning', () => {
  const size = 10 * headBytes;
  const places = samplePlaces(size);
  expect([samplePlaces(headBytes), places.length, places.at(-1)]).toEqual([[], 7, size - headBytes]);
  const head = bytes('a,b\n');
  const cut = bytes('éé').subarray(1);
  expect(guessCsv(head, false, [cut, bytes('x')]).encoding).toBe('UTF8');
  expect(guessCsv(head, false, [cut, new Uint8Array([0x61, 0xe9, 0x61])]).encoding).toBe('WIN1252');
  expect(guessCsv(head, false, [new Uint8Array([0x61, 0xe9, 0x81, 0x61])]).encoding).toBe('LATIN1');
});

test('a character that the beginning cuts in two is still UTF-8', () => {
  expect(guessCsv(bytes('a,b\nc,é').slice(0, -1), false).encoding).toBe('UTF8');
});

test('columns are mapped by name, else by place, and each once', () => {
  const names = ['id', 'Body', '__proto__'];
  expect(mapColumns(names, [['body', ' ID', 'x', '__proto__', 'id']], true)).toEqual([
    'Body',
    'id',
    null,
    '__proto__',
    null,
  ]);
  expect(mapColumns(names, [['1', '2', '3', '4']], false)).toEqual(['id', 'Body', '__proto__', null]);
});
