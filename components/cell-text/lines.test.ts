import { expect, test } from 'vitest';
import { createHexLines } from './hex-lines';
import type { CellLines } from './lines';
import { createTextLines } from './text-lines';

function linesOf(lines: CellLines, text: string, size: number): string[] {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) lines.add(bytes.subarray(at, at + size));
  return Array.from({ length: lines.count() }, (_, index) => lines.lineAt(index));
}

test.each([1, 3, 1000])(
  'a text is broken at its ends of lines and at the width, in pieces of %i bytes',
  (size) => {
    expect(linesOf(createTextLines(4), 'abcd\nabcde\n\n🐘é€xyz\n', size)).toEqual([
      ...['abcd', 'abcd', 'e', '', '🐘é€x', 'yz', ''],
    ]);
  },
);

test('very many lines are there by their number', () => {
  const lines = createTextLines(80);
  const line = new TextEncoder().encode(`${'x'.repeat(79)}\n`);
  for (let i = 0; i < 20_000; i += 1) lines.add(line);
  expect([lines.count(), lines.lineAt(19_999)]).toEqual([20_001, 'x'.repeat(79)]);
});

test.each([1, 3, 1000])('a bytea is offsets, bytes and ASCII, in pieces of %i bytes', (size) => {
  expect(linesOf(createHexLines(), '\\x00ff4142437e7f20610a', size)).toEqual([
    '00000000  00 ff 41 42 43 7e 7f 20  ··ABC~· ',
    '00000008  61 0a                    a·',
  ]);
  expect(linesOf(createHexLines(), '\\x', size)).toEqual([]);
});
