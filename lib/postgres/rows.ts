import 'server-only';
import { isUtf8 } from 'node:buffer';
import type { Cut } from '../query-event';

/** Bytes of a cell that are sent; a longer one arrives cut, with its full length beside it. */
export const cellLimit = 64 * 1024;

/** Rows ready to be sent. */
export type Batch = {
  line: Buffer;
  count: number;
  /** Bytes of the values as PostgreSQL sent them. */
  bytes: number;
};

/** Rows as a line of NDJSON (a `rows` event of the API). */
export type RowBatch = Batch & {
  /** The rows alone: the JSON text of an array of arrays of strings and nulls. */
  json: Buffer;
  cut: Cut[];
};

/** Makes batches of what PostgreSQL sends: of the rows of a statement, or of the data of a COPY. */
export type Encoder<B extends Batch> = {
  source: 'rows' | 'copy';
  /** Adds the row whose payload is bytes `start` to `end`, or a piece of a COPY's row, `isLast` with its end. */
  add(bytes: Buffer, start: number, end: number, isLast: boolean): void;
  /** Bytes waiting to be taken. */
  size(): number;
  /** The rows since the last call. Throws RangeError when a value is not valid UTF-8, AppError for what it can't hold. */
  take(): B | null;
};

export type RowEncoder = Encoder<RowBatch>;

const quote = 0x22;
const comma = 0x2c;
const open = 0x5b;
const close = 0x5d;
const nullText = Buffer.from('null');
const head = Buffer.from('{"type":"rows","rows":[');
/** JSON's escape for each byte that needs one. */
export const escapes = escapeTable();
const isEscaped = Uint8Array.from(escapes, (text) => (text === null ? 0 : 1));

/**
 * Turns DataRow messages into JSON without making a JavaScript string of any cell: faster than parsing and
 * JSON.stringify, and exact, since no value is read as anything but text.
 */
export function createRowEncoder(): RowEncoder {
  let out = Buffer.alloc(0);
  let outView = viewOf(out);
  let capacity = 1024;
  let source: Buffer | null = null;
  let view = viewOf(out);
  let used = 0;
  let count = 0;
  let valueBytes = 0;
  let cut: Cut[] = [];

  function reserve(bytes: number): void {
    if (used + bytes <= out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(out.length * 2, used + bytes, capacity));
    out.copy(larger, 0, 0, used);
    out = larger;
    outView = viewOf(out);
  }

  function writeCell(bytes: Buffer, start: number, end: number): void {
    reserve((end - start) * 6 + 2);
    let at = used;
    let i = start;
    out[at++] = quote;
    while (i < end) {
      const wordsEnd = end - 3;
      for (; i < wordsEnd; i += 4) {
        const word = view.getInt32(i, true);
        if (hasEscape(word)) break;
        outView.setInt32(at, word, true);
        at += 4;
      }
      for (const stop = Math.min(i + 4, end); i < stop; i++) {
        const byte = bytes[i] as number;
        if (isEscaped[byte] === 0) out[at++] = byte;
        else at += escapes[byte]?.copy(out, at) ?? 0;
      }
    }
    out[at++] = quote;
    used = at;
  }

  function add(bytes: Buffer, start: number, end: number): void {
    if (bytes !== source) {
      source = bytes;
      view = viewOf(bytes);
    }
    const columns = view.getUint16(start);
    let at = start + 2;
    reserve(head.length + 2);
    if (count === 0) used += head.copy(out, used);
    else out[used++] = comma;
    out[used++] = open;
    for (let column = 0; column < columns; column++) {
      const length = view.getInt32(at);
      at += 4;
      reserve(6);
      if (column > 0) out[used++] = comma;
      if (length < 0) used += nullText.copy(out, used);
      else {
        const shown = length > cellLimit ? boundary(bytes, at + cellLimit) : at + length;
        if (length > cellLimit) cut.push([count, column, length]);
        writeCell(bytes, at, shown);
        at += length;
        valueBytes += length;
      }
    }
    reserve(2);
    out[used++] = close;
    count += 1;
    if (at !== end) throw new RangeError('a row from the server has an unexpected length');
  }

  function take(): RowBatch | null {
    if (count === 0) return null;
    const tail = Buffer.from(cut.length === 0 ? ']}\n' : `],"cut":${JSON.stringify(cut)}}\n`);
    reserve(tail.length);
    tail.copy(out, used);
    const json = out.subarray(head.length - 1, used + 1);
    const batch = { line: out.subarray(0, used + tail.length), json, count, bytes: valueBytes, cut };
    if (!isUtf8(json)) throw new RangeError('a value is not valid UTF-8');
    capacity = Math.min(used + (used >> 2), 512 * 1024);
    out = Buffer.alloc(0);
    used = 0;
    count = 0;
    valueBytes = 0;
    cut = [];
    return batch;
  }

  return { source: 'rows', add, take, size: () => used };
}

/**
 * Whether one of a word's four bytes is a quote, a backslash or a control character. A subtraction borrows into a
 * byte's high bit when the byte is below what is taken; bytes of 0x80 and more never count. After a hit a byte
 * further up may be reported wrongly, which costs a second look and nothing else.
 */
export function hasEscape(word: number): boolean {
  const below = (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101);
  return (below & ~word & 0x80808080) !== 0;
}

/** Words of a buffer's bytes. */
export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** The nearest start of a UTF-8 character at or before `at`. */
function boundary(bytes: Buffer, at: number): number {
  let start = at;
  while (((bytes[start] as number) & 0xc0) === 0x80) start -= 1;
  return start;
}

/** JSON's escape for each byte that needs one: quote, backslash and the control characters. */
function escapeTable(): (Buffer | null)[] {
  return Array.from({ length: 256 }, (_, byte) => {
    const isPlain = byte >= 0x20 && byte !== quote && byte !== 0x5c;
    return isPlain ? null : Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1));
  });
}
