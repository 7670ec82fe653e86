import type { BadRow, CsvShape } from '../import-types';

/** Bad rows that are named. */
export const mostNamed = 100;

/** What a scan has seen of a file so far. */
export type CsvScan = {
  rows: number;
  bytes: number;
  /** Lines before the first row: those of the header. */
  headLines: number;
  bad: BadRow[];
  isMore: boolean;
};

/** Rows one by one: the byte after each, counted from the first row's first, and the line of the file that it begins in. */
export type CsvRows = { ends: number[]; lines: number[] };

export type CsvScanner = {
  scan: CsvScan;
  /** Answers the bytes without a byte order mark and the header. */
  take(chunk: Buffer): Buffer;
  end(): void;
  /** The rows since the last call. */
  takeRows(): CsvRows;
};

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Finds the rows of a CSV file and counts their fields while its bytes go through as they are. A row is what COPY takes for
 * one: a line, or more where a quoted value holds its end.
 */
export function scanCsv(shape: Pick<CsvShape, 'delimiter' | 'quote' | 'has_header' | 'columns'>): CsvScanner {
  const delimiter = shape.delimiter.charCodeAt(0);
  const quote = shape.quote.charCodeAt(0);
  const isMeant = new Uint8Array(256);
  for (const byte of [delimiter, quote, lineFeed]) isMeant[byte] = 1;
  const wanted = shape.columns.length;
  const scan: CsvScan = { rows: 0, bytes: 0, headLines: 0, bad: [], isMore: false };
  let found: CsvRows = { ends: [], lines: [] };
  let isQuoted = false;
  let isHeader = shape.has_header;
  let fields = 1;
  let line = 1;
  let beganAt = 1;
  /** Bytes of rows before the chunk, and where the last row has ended. */
  let passed = 0;
  let lastEnd = 0;
  let lastByte = 0;

  function endRow(end: number): void {
    scan.rows += 1;
    found.ends.push(end);
    found.lines.push(beganAt);
    if (fields !== wanted) name(`${fields} ${fields === 1 ? 'value' : 'values'} where ${wanted} are due`);
    fields = 1;
    beganAt = line;
    lastEnd = end;
  }

  function endHeader(): void {
    isHeader = false;
    fields = 1;
    beganAt = line;
    scan.headLines = line - 1;
  }

  function name(message: string): void {
    const place = { row: scan.rows, line: beganAt, column: null, value: null };
    if (scan.bad.length < mostNamed) scan.bad.push({ ...place, message });
    else scan.isMore = true;
  }

  return {
    scan,
    take(chunk) {
      let from = scan.bytes === 0 && chunk.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
      scan.bytes += chunk.length;
      for (let at = from; at < chunk.length; at += 1) {
        const byte = chunk[at] as number;
        if (isMeant[byte] === 0) continue;
        if (byte === quote) isQuoted = !isQuoted;
        else if (byte === delimiter) fields += isQuoted ? 0 : 1;
        else {
          line += 1;
          if (isQuoted) continue;
          if (isHeader) {
            from = at + 1;
            endHeader();
          } else endRow(passed + at + 1 - from);
        }
      }
      if (isHeader) from = chunk.length;
      passed += chunk.length - from;
      lastByte = chunk.at(-1) ?? lastByte;
      return chunk.subarray(from);
    },
    end() {
      const isBare = passed - lastEnd === 1 && lastByte === carriageReturn;
      if (passed > lastEnd && !isBare) endRow(passed);
      if (isQuoted) name('a quoted value does not end');
    },
    takeRows() {
      const taken = found;
      found = { ends: [], lines: [] };
      return taken;
    },
  };
}
