import type { BadRow, CsvShape } from '../import-types';

/** Bad rows that are named. */
export const mostNamed = 100;

/** What a scan has seen of a file so far. */
export type CsvScan = { rows: number; bytes: number; bad: BadRow[]; isMore: boolean };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Counts the fields of each row of a CSV file while its bytes go through as they are, but for a byte order mark. A row is
 * what COPY takes for one: a line, or more where a quoted value holds its end.
 */
export function scanCsv(shape: Pick<CsvShape, 'delimiter' | 'quote' | 'has_header' | 'columns'>): {
  scan: CsvScan;
  take(chunk: Buffer): Buffer;
  end(): void;
} {
  const delimiter = shape.delimiter.charCodeAt(0);
  const quote = shape.quote.charCodeAt(0);
  const wanted = shape.columns.length;
  const scan: CsvScan = { rows: 0, bytes: 0, bad: [], isMore: false };
  let isQuoted = false;
  let isBegun = false;
  let isHeader = shape.has_header;
  let fields = 1;
  let line = 1;
  let beganAt = 1;

  function endRow(): void {
    if (isHeader) isHeader = false;
    else {
      scan.rows += 1;
      if (fields !== wanted) name(`${fields} ${fields === 1 ? 'value' : 'values'} where ${wanted} are due`);
    }
    fields = 1;
    isBegun = false;
  }

  function name(message: string): void {
    if (scan.bad.length < mostNamed) scan.bad.push({ row: scan.rows, line: beganAt, message });
    else scan.isMore = true;
  }

  return {
    scan,
    take(chunk) {
      const isFirst = scan.bytes === 0 && chunk.subarray(0, 3).equals(byteOrderMark);
      scan.bytes += chunk.length;
      const bytes = isFirst ? chunk.subarray(3) : chunk;
      for (const byte of bytes) {
        if (byte === quote) isQuoted = !isQuoted;
        else if (byte === lineFeed) {
          line += 1;
          if (!isQuoted) {
            endRow();
            beganAt = line;
            continue;
          }
        } else if (!isQuoted && byte === delimiter) fields += 1;
        else if (byte === carriageReturn) continue;
        isBegun = true;
      }
      return bytes;
    },
    end() {
      if (isBegun) endRow();
      if (isQuoted) name('a quoted value does not end');
    },
  };
}
