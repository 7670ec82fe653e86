import type { CsvRows, CsvScanner } from './csv-scan';

/** Bytes of rows that go to PostgreSQL by one COPY, and are kept until it has taken them. */
const usualBytes = 2 * 1024 * 1024;

/** A batch that grows beyond this, since a row of it does not end, is no longer kept. */
const keptBytes = 64 * 1024 * 1024;

/** Some whole rows of a file. What they are is known once `read` is at its end. */
export type CsvBatch = {
  read(): AsyncGenerator<Buffer>;
  /** The number from 1 of its first row. */
  firstRow: number;
  /** Its rows; `ends` count from its own first byte. */
  rows: CsvRows;
  /** Its bytes; null for a batch that was too large to keep. */
  bytes(): Buffer | null;
};

/** Cuts a file between rows; the next batch is to be read after the one before it, and there is none after the last. */
export function cutIntoBatches(source: AsyncIterator<Buffer>, csv: CsvScanner, batchBytes = usualBytes) {
  let rest: Buffer = Buffer.alloc(0);
  let begin = 0;
  let isOver = false;

  return function next(): CsvBatch | null {
    if (isOver) return null;
    const { scan } = csv;
    const batch: CsvBatch = { read, firstRow: scan.rows + 1, rows: { ends: [], lines: [] }, bytes };
    let kept: Buffer[] | null = [];
    let size = 0;

    function keep(piece: Buffer): Buffer {
      size += piece.length;
      if (size > keptBytes) kept = null;
      kept?.push(piece);
      return piece;
    }

    async function* read(): AsyncGenerator<Buffer> {
      if (rest.length > 0) yield keep(rest);
      rest = Buffer.alloc(0);
      for (;;) {
        const { done, value } = await source.next();
        if (done) csv.end();
        const piece = done ? Buffer.alloc(0) : csv.take(value);
        addRows(batch.rows, csv.takeRows(), begin);
        const end = batch.rows.ends.at(-1) ?? 0;
        isOver = done === true;
        if (!isOver && size + piece.length >= batchBytes && end > size) {
          rest = piece.subarray(end - size);
          yield keep(piece.subarray(0, end - size));
          begin += end;
          return;
        }
        if (piece.length > 0) yield keep(piece);
        if (isOver) return;
      }
    }

    function bytes(): Buffer | null {
      return kept === null ? null : Buffer.concat(kept);
    }

    return batch;
  };
}

function addRows(to: CsvRows, { ends, lines }: CsvRows, begin: number): void {
  for (const end of ends) to.ends.push(end - begin);
  for (const line of lines) to.lines.push(line);
}
