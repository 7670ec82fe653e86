import 'server-only';
import { isUtf8 } from 'node:buffer';
import { tooLongRow } from './copy-encoders';
import { type Batch, type Encoder, escapes, hasEscape, viewOf } from './rows';
import { messageLimit } from './wire';

/** What stands around the objects of a file, one a row. */
export type JsonFrame = { first: string; between: string; after: string };

/** How a type's text becomes a value of JSON. */
export type JsonForm = 'number' | 'boolean' | 'json' | 'text';

const codeOf = (letter: string) => letter.charCodeAt(0);
const tab = 9;
const blank = 32;
const quote = codeOf('"');
const backslash = codeOf('\\');
const nullText = Buffer.from('null');
const falseText = Buffer.from('false');
const trueText = Buffer.from('true');
const verticalTab = Buffer.from('\\u000b');

/**
 * Reads the rows of a COPY in PostgreSQL's text format and writes each as an object, without a JavaScript string of any
 * value: COPY's escapes are JSON's, but for the vertical tab. A row is held whole for that, so that it has a limit. A value
 * that is not UTF-8 is an error, never a replacement character.
 */
export function copyAsJson(
  names: string[],
  formOf: (column: number) => JsonForm,
  frame: JsonFrame,
): Encoder<Batch> {
  const heads = names.map((name, column) =>
    Buffer.from(`${column === 0 ? '' : ','}${JSON.stringify(name)}:`),
  );
  const forms = names.map((_, column) => formOf(column));
  const headBytes = heads.reduce((sum, head) => sum + head.length, 0);
  const first = Buffer.from(`${frame.first}{`);
  const between = Buffer.from(`${frame.between}{`);
  const after = Buffer.from(`}${frame.after}`);
  let out = Buffer.alloc(0);
  let outView = viewOf(out);
  let capacity = 1024;
  let used = 0;
  let source: Buffer | null = null;
  let view = viewOf(out);
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  let isBegun = false;
  let count = 0;
  let bytesTaken = 0;
  let failure: unknown = null;

  function reserve(bytes: number): void {
    if (used + bytes <= out.length) return;
    const larger = Buffer.allocUnsafe(Math.max(out.length * 2, used + bytes, capacity));
    out.copy(larger, 0, 0, used);
    out = larger;
    outView = viewOf(out);
  }

  /** Byte by byte: what is put is short. */
  function put(bytes: Buffer): void {
    for (let i = 0; i < bytes.length; i += 1) out[used++] = bytes[i] as number;
  }

  /** Writes a value as a string and answers where it ends. */
  function writeText(bytes: Buffer, start: number, end: number): number {
    let i = start;
    let at = used;
    out[at++] = quote;
    for (;;) {
      for (const wordsEnd = end - 3; i < wordsEnd; i += 4) {
        const word = view.getInt32(i, true);
        if (hasEscape(word)) break;
        outView.setInt32(at, word, true);
        at += 4;
      }
      const byte = bytes[i] as number;
      if (i >= end || byte === tab) break;
      i += 1;
      const escaped = escapes[byte] ?? null;
      if (escaped === null) out[at++] = byte;
      else if (byte !== backslash) at += escaped.copy(out, at);
      else {
        const letter = bytes[i] as number;
        i += 1;
        if (letter === codeOf('v')) at += verticalTab.copy(out, at);
        else {
          out[at++] = backslash;
          out[at++] = letter;
        }
      }
    }
    out[at++] = quote;
    used = at;
    return i;
  }

  /** Writes a value as it is, its escapes read; line ends mean nothing between the parts of JSON, and are blanks. */
  function writeJson(bytes: Buffer, start: number, end: number): number {
    let i = start;
    for (; i < end && bytes[i] !== tab; i += 1) {
      if (bytes[i] !== backslash) {
        out[used++] = bytes[i] as number;
        continue;
      }
      i += 1;
      const letter = bytes[i];
      if (letter === codeOf('n') || letter === codeOf('r')) out[used++] = blank;
      else out[used++] = letter === codeOf('t') ? tab : (letter as number);
    }
    return i;
  }

  function writeNumber(bytes: Buffer, start: number, end: number): number {
    const digit = bytes[bytes[start] === codeOf('-') ? start + 1 : start] as number;
    if (digit < codeOf('0') || digit > codeOf('9')) return writeText(bytes, start, end);
    let i = start;
    for (; i < end && bytes[i] !== tab; i += 1) out[used++] = bytes[i] as number;
    return i;
  }

  function writeValue(bytes: Buffer, start: number, end: number, form: JsonForm): number {
    if (bytes[start] === backslash && bytes[start + 1] === codeOf('N')) {
      put(nullText);
      return start + 2;
    }
    switch (form) {
      case 'text':
        return writeText(bytes, start, end);
      case 'number':
        return writeNumber(bytes, start, end);
      case 'json':
        return writeJson(bytes, start, end);
      case 'boolean':
        put(bytes[start] === codeOf('t') ? trueText : falseText);
        return start + 1;
      default:
        return form satisfies never;
    }
  }

  function writeRow(bytes: Buffer, start: number, end: number): void {
    if (bytes !== source) {
      source = bytes;
      view = viewOf(bytes);
    }
    reserve((end - start) * 6 + headBytes + names.length * 8 + first.length + between.length + after.length);
    put(isBegun ? between : first);
    isBegun = true;
    const valuesEnd = end - 1;
    let at = start;
    for (let column = 0; column < names.length; column += 1) {
      put(heads[column] as Buffer);
      at = writeValue(bytes, at, valuesEnd, forms[column] as JsonForm) + 1;
    }
    put(after);
    if (names.length > 0 && at !== end)
      throw new RangeError('a row from the server has an unexpected length');
    count += 1;
    bytesTaken += end - start;
  }

  function addPiece(chunk: Buffer, start: number, end: number, isLast: boolean): void {
    pieceBytes += end - start;
    if (pieceBytes > messageLimit) throw tooLongRow();
    if (isLast && pieces.length === 0) writeRow(chunk, start, end);
    else {
      pieces.push(chunk.subarray(start, end));
      if (!isLast) return;
      writeRow(Buffer.concat(pieces), 0, pieceBytes);
      pieces = [];
    }
    pieceBytes = 0;
  }

  return {
    source: 'copy',
    add(chunk, start, end, isLast) {
      if (failure !== null) return;
      try {
        addPiece(chunk, start, end, isLast);
      } catch (reason) {
        failure = reason;
      }
    },
    size: () => (failure === null ? used : Number.POSITIVE_INFINITY),
    take() {
      if (failure !== null) throw failure;
      if (count === 0) return null;
      const line = out.subarray(0, used);
      if (!isUtf8(line)) throw new RangeError('a value is not valid UTF-8');
      const batch = { line, count, bytes: bytesTaken };
      capacity = Math.min(used + (used >> 2), 512 * 1024);
      out = Buffer.alloc(0);
      used = count = bytesTaken = 0;
      return batch;
    },
  };
}
