import { expect, test } from 'vitest';
import { losesLineEnds, textOfField } from './editor-text';

test.each([
  ['a\nb', 'a\nb', null],
  ['a\r\nb', 'a\nb', null],
  ['a\rb', 'a\nb', null],
  ['a\r\nb', 'a\nc', 'a\r\nc'],
  ['a\nb', 'a\nb\n', 'a\nb\n'],
  ['', '', null],
  ['a\r\nb\nc', 'a\nb\nd', 'a\nb\nd'],
])('the field %j that became %j is written as %j', (before, field, written) => {
  expect(textOfField(before, field)).toBe(written);
});

test('mixed line ends are known beforehand', () => {
  expect(['a\r\nb\nc', 'a\rb', 'a\r\nb', 'a\nb', 'a'].map(losesLineEnds)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
