import { createByteList } from './byte-list';
import type { CellLines } from './lines';

/** Bytes of a line. */
const width = 8;

/** A bytea as its text tells it (`\x` and two digits a byte), in lines of offset, bytes and what is ASCII of them. */
export function createHexLines(): CellLines {
  const value = createByteList();
  let skipped = 0;
  let half = -1;
  return {
    add(digits) {
      const room = value.reserve((digits.length >> 1) + 1);
      let at = room.at;
      for (const digit of digits) {
        if (skipped < 2) skipped += 1;
        else if (half < 0) half = nibbleOf(digit);
        else {
          room.bytes[at] = half * 16 + nibbleOf(digit);
          at += 1;
          half = -1;
        }
      }
      value.advance(at - room.at);
    },
    count: () => Math.ceil(value.length() / width),
    lineAt(index) {
      const bytes = [...value.slice(index * width, (index + 1) * width)];
      const offset = (index * width).toString(16).padStart(8, '0');
      const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      return `${offset}  ${hex.padEnd(width * 3 - 1)}  ${bytes.map(asciiOf).join('')}`;
    },
  };
}

/** The value of a digit: `0` to `9` are 48 to 57, `a` to `f` 97 to 102. */
function nibbleOf(digit: number): number {
  return digit < 58 ? digit - 48 : digit - 87;
}

function asciiOf(byte: number): string {
  return byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·';
}
