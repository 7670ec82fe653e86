import { createByteList } from './byte-list';
import type { CellLines } from './lines';

const lineFeed = 0x0a;

/**
 * The lines of a text in UTF-8, those longer than `columns` characters broken. Kept are its bytes and where each line begins,
 * no string: 100 MB of text take little more than that.
 */
export function createTextLines(columns: number): CellLines {
  const text = createByteList();
  let starts = new Uint32Array(1024);
  let count = 1;
  let characters = 0;

  function begin(at: number): void {
    if (count === starts.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count] = at;
    count += 1;
    characters = 0;
  }

  return {
    add(bytes) {
      const room = text.reserve(bytes.length);
      room.bytes.set(bytes, room.at);
      for (let i = 0; i < bytes.length; i += 1) {
        const byte = bytes[i] as number;
        if (byte === lineFeed) begin(room.at + i + 1);
        // Not a byte that goes on a character.
        else if ((byte & 0xc0) !== 0x80) {
          if (characters === columns) begin(room.at + i);
          characters += 1;
        }
      }
      text.advance(bytes.length);
    },
    count: () => count,
    lineAt(index) {
      const end = index + 1 < count ? (starts[index + 1] as number) : text.length();
      return new TextDecoder().decode(text.slice(starts[index] as number, end)).replace(/\n$/, '');
    },
  };
}
