import { AppError } from '../errors';
import { type CsvEncoding, isWide } from '../import-types';
import type { BadRows } from './bad-rows';

/**
 * Makes what PostgreSQL reads of what has come: UTF-8 of UTF-16, and all else as it is. Undefined stands for its end. Throws
 * AppError `invalid`, once the bytes are among the bad ones, for half of a surrogate pair and half of a unit.
 */
export function decodeCsv(encoding: CsvEncoding, bad: BadRows): (bytes: Uint8Array | undefined) => Buffer {
  if (isWide(encoding)) return decodeWide(encoding, bad);
  return (bytes) => (bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.alloc(0));
}

const unitBytes = 2;

function decodeWide(encoding: CsvEncoding, bad: BadRows): (bytes: Uint8Array | undefined) => Buffer {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let lineBytes = 0;

  /** Goes on to behind a text. */
  function pass(text: string): void {
    const last = text.lastIndexOf('\n');
    line += text.split('\n').length - 1;
    lineBytes = (last === -1 ? lineBytes : 0) + (text.length - last - 1) * unitBytes;
  }

  function refuse(): never {
    const message = `byte ${lineBytes + 1} of the line begins no character of ${encoding}`;
    bad.add({ row: null, line, column: null, value: null, message });
    throw new AppError('invalid', `The file is not valid ${encoding}.`, {
      hint: 'Nothing was brought in. Choose the encoding that the file is written in.',
    });
  }

  return (bytes) => {
    const all = bytes === undefined ? rest : Buffer.concat([rest, bytes]);
    const text = textOf(all.subarray(0, all.length - (all.length % unitBytes)), encoding);
    // The other half of a pair may follow.
    const isHalved = bytes !== undefined && /[\ud800-\udbff]$/.test(text);
    const whole = isHalved ? text.slice(0, -1) : text;
    rest = all.subarray(whole.length * unitBytes);
    const half = /\p{Surrogate}/u.exec(whole);
    pass(half === null ? whole : whole.slice(0, half.index));
    if (half !== null || (bytes === undefined && rest.length > 0)) refuse();
    return Buffer.from(whole);
  };
}

function textOf(units: Buffer, encoding: CsvEncoding): string {
  return (encoding === 'UTF16BE' ? Buffer.from(units).swap16() : units).toString('utf16le');
}
