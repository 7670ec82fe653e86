import { expect, test } from 'vitest';
import { cellSegments } from './cell-text';

const shown = (value: string) => cellSegments(value).map((segment) => segment.text);

test('plain text is one segment, markup included', () => {
  expect(cellSegments('<b>ä 日本</b>')).toEqual([{ text: '<b>ä 日本</b>', isGlyph: false }]);
  expect(cellSegments('')).toEqual([{ text: '', isGlyph: false }]);
});

test('what has no shape gets a glyph', () => {
  expect(shown('a\nb')).toEqual(['a', '↵', 'b']);
  expect(shown('\t\r\u0007\u007f')).toEqual(['⇥', '␍', '␇', '␡']);
  expect(shown('\u202egpj.exe')).toEqual(['U+202E', 'gpj.exe']);
});

test('joiners inside words and emoji stay', () => {
  expect(shown('👩‍💻')).toEqual(['👩‍💻']);
});

test('a long value is cut before it reaches the page', () => {
  expect(shown('x'.repeat(70_000))[0]).toHaveLength(240);
});
