import 'server-only';
import { isUtf8 } from 'node:buffer';
import { AppError } from '../errors';
import type { Cell } from '../query-event';
import type { Batch, Encoder } from './rows';
import { messageLimit } from './wire';

/** Writes one row; `index` counts rows from 0. */
export type RowWriter = (cells: Cell[], index: number) => string;

/** Hands on the bytes of a COPY as they come: rows of any size pass. The first `headLines` rows are none of the result. */
export function passCopy(headLines: number): Encoder<Batch> {
  let pieces: Buffer[] = [];
  let size = 0;
  let count = -headLines;
  return {
    source: 'copy',
    add(bytes, start, end, isLast) {
      pieces.push(bytes.subarray(start, end));
      size += end - start;
      if (isLast) count += 1;
    },
    size: () => size,
    take() {
      if (size === 0) return null;
      const batch = { line: Buffer.concat(pieces), count: Math.max(0, count), bytes: size };
      pieces = [];
      size = 0;
      count = Math.min(0, count);
      return batch;
    },
  };
}

/**
 * Reads the rows of a COPY in PostgreSQL's text format and writes each anew. A row is held whole for that, so that it has
 * a limit. A value that is not UTF-8 is an error, never a replacement character.
 */
export function rewriteCopy(columns: number, write: RowWriter): Encoder<Batch> {
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  let out = '';
  let count = 0;
  let bytes = 0;
  let written = 0;
  let failure: unknown = null;

  function addRow(line: Buffer): void {
    if (!isUtf8(line)) throw new RangeError('a value is not valid UTF-8');
    out += write(readLine(line.toString('utf8'), columns), written);
    written += 1;
    count += 1;
    bytes += line.length;
  }

  return {
    source: 'copy',
    add(chunk, start, end, isLast) {
      if (failure !== null) return;
      try {
        pieceBytes += end - start;
        if (pieceBytes > messageLimit) throw tooLong();
        if (!isLast || pieces.length > 0) pieces.push(chunk.subarray(start, end));
        if (!isLast) return;
        addRow(pieces.length === 0 ? chunk.subarray(start, end) : Buffer.concat(pieces));
        pieces = [];
        pieceBytes = 0;
      } catch (reason) {
        failure = reason;
      }
    },
    size: () => (failure === null ? out.length : Number.POSITIVE_INFINITY),
    take() {
      if (failure !== null) throw failure;
      if (count === 0) return null;
      const batch = { line: Buffer.from(out), count, bytes };
      out = '';
      count = 0;
      bytes = 0;
      return batch;
    },
  };
}

function tooLong(): AppError {
  const limit = messageLimit / 1024 / 1024;
  return new AppError(
    'too_large',
    `A row of the result is over ${limit} MB, which this format does not take.`,
    {
      hint: 'Export it as CSV, which takes rows of any size.',
    },
  );
}

/** The cells of one line of COPY's text format, its line feed included. */
function readLine(line: string, columns: number): Cell[] {
  if (columns === 0) return [];
  const isPlain = !line.includes('\\');
  const cells = line.slice(0, -1).split('\t');
  return isPlain ? cells : cells.map((cell) => (cell === '\\N' ? null : unescapeCell(cell)));
}

const escaped: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unescapeCell(cell: string): string {
  return cell.includes('\\') ? cell.replaceAll(/\\(.)/gs, (_, letter) => escaped[letter] ?? letter) : cell;
}
