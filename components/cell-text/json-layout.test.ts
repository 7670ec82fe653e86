import { expect, test } from 'vitest';
import { createJsonLayout } from './json-layout';

/** The layout, from pieces of some bytes. */
function laidOut(text: string, size = 3): string {
  const layOut = createJsonLayout();
  const bytes = new TextEncoder().encode(text);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(layOut(bytes.subarray(at, at + size)));
  return new TextDecoder().decode(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
}

test.each([1, 2, 7, 1000])('numbers, escapes and duplicate keys survive, in pieces of %i bytes', (size) => {
  expect(laidOut('{"a":1.10,"b":1e400,"b":"\\u00e4\\"},{é\\\\","c":123456789012345678901}', size)).toBe(
    '{\n  "a": 1.10,\n  "b": 1e400,\n  "b": "\\u00e4\\"},{é\\\\",\n  "c": 123456789012345678901\n}',
  );
});

test('nesting is indented, what is empty stays short, blanks are laid out anew', () => {
  expect(laidOut('[{"a":[ ]},{ }, [1,\n null ]]')).toBe(
    '[\n  {\n    "a": []\n  },\n  {},\n  [\n    1,\n    null\n  ]\n]',
  );
});

test('a scalar is itself', () => {
  expect(laidOut(' 12.0 ')).toBe('12.0');
  expect(laidOut('"a b"')).toBe('"a b"');
});

test('what is nested ten thousand times takes no more than its levels', () => {
  const deep = laidOut(`${'['.repeat(10_000)}${']'.repeat(10_000)}`, 64);
  expect(deep.replaceAll(/\s/g, '')).toBe(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
  expect(deep.length).toBeLessThan(2_000_000);
});
