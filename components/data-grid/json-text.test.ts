import { expect, test } from 'vitest';
import { prettyJson } from './json-text';

test('numbers, escapes and duplicate keys survive', () => {
  expect(prettyJson('{"a":1.10,"b":123456789012345678901,"b":"\\u00e4\\"},"}')).toBe(
    '{\n  "a": 1.10,\n  "b": 123456789012345678901,\n  "b": "\\u00e4\\"},"\n}',
  );
});

test('nesting is indented, what is empty stays short', () => {
  expect(prettyJson('[{"a":[]},{},[1,null]]')).toBe(
    '[\n  {\n    "a": []\n  },\n  {},\n  [\n    1,\n    null\n  ]\n]',
  );
});

test('a scalar is itself; no JSON is null', () => {
  expect(prettyJson(' 12.0 ')).toBe('12.0');
  expect(prettyJson('{"a":')).toBeNull();
});
