import 'server-only';
import { isUtf8 } from 'node:buffer';
import { AppError } from '../errors';
import type { Cell } from '../query-event';
import { type Batch, type Encoder, viewOf } from './rows';
import { messageLimit } from './wire';

/** Writes one row; `index` counts rows from 0. */
export type RowWriter = (cells: Cell[], index: number) => string;

/**
 * Hands on the bytes of a COPY as they come: rows of any size pass. The first `headLines` rows are none of the result. What
 * stands between rows on the wire is closed up within the chunk itself, which is nobody else's by then.
 */
export function passCopy(headLines: number): Encoder<Batch> {
  let pieces: Buffer[] = [];
  let size = 0;
  let count = -headLines;
  let chunk: Buffer = Buffer.alloc(0);
  let view = viewOf(chunk);
  let from = 0;
  let to = 0;

  function closeUp(): void {
    if (to > from) pieces.push(chunk.subarray(from, to));
    from = to;
  }

  /** Four bytes at a time: rows are short, and a call of copyWithin costs more than most of them. */
  function move(start: number, end: number): void {
    let at = start;
    if (to === start) at = to = end;
    for (const wordsEnd = end - 3; at < wordsEnd; at += 4, to += 4) {
      view.setInt32(to, view.getInt32(at));
    }
    for (; at < end; at += 1, to += 1) chunk[to] = chunk[at] as number;
  }

  return {
    source: 'copy',
    add(bytes, start, end, isLast) {
      if (bytes !== chunk) {
        closeUp();
        chunk = bytes;
        view = viewOf(bytes);
        from = to = start;
      }
      if (end - start > longBytes) {
        closeUp();
        from = start;
        to = end;
      } else move(start, end);
      size += end - start;
      if (isLast) count += 1;
    },
    size: () => size,
    take() {
      closeUp();
      if (size === 0) return null;
      const line = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
      const batch = { line, count: Math.max(0, count), bytes: size };
      pieces = [];
      size = 0;
      count = Math.min(0, count);
      return batch;
    },
  };
}

/** A row from here on stays where it is. */
const longBytes = 4 * 1024;

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
        if (pieceBytes > messageLimit) throw tooLongRow();
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

/** The error for a row that is not held whole. */
export function tooLongRow(): AppError {
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
