import { expect, test } from 'vitest';
import { cutIntoBatches } from './csv-batches';
import { scanCsv } from './csv-scan';

async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function batchesOf(text: string, size: number, batchBytes: number) {
  const csv = scanCsv({ delimiter: ',', quote: '"', has_header: true, columns: ['a', 'b'] });
  const next = cutIntoBatches(pieces(text, size), csv, batchBytes);
  const batches: { firstRow: number; rows: string[]; lines: number[]; sent: string }[] = [];
  for (let batch = next(); batch !== null; batch = next()) {
    const sent: Buffer[] = [];
    for await (const piece of batch.read()) sent.push(piece);
    const bytes = batch.bytes() ?? Buffer.alloc(0);
    const { ends, lines } = batch.rows;
    const rows = ends.map((end, row) => bytes.subarray(ends[row - 1] ?? 0, end).toString());
    batches.push({ firstRow: batch.firstRow, rows, lines, sent: Buffer.concat(sent).toString() });
  }
  return batches;
}

const rows = ['1,x\n', '2,"two\nlines"\n', '3,\n', '4,"a"" b"\n', '5,no end'];

test.each([1, 2, 5, 1000])('a file is cut between rows alone, here from pieces of %i bytes', async (size) => {
  for (const batchBytes of [1, 8, 20, 1000]) {
    const batches = await batchesOf(`id,"na\nme"\n${rows.join('')}`, size, batchBytes);
    expect(batches.flatMap((batch) => batch.rows)).toEqual(rows);
    expect(batches.flatMap(({ lines }) => lines)).toEqual([3, 4, 6, 7, 8]);
    expect(batches.map(({ sent }) => sent).join('')).toBe(rows.join(''));
    let before = 0;
    for (const batch of batches) {
      expect(batch.firstRow).toBe(before + 1);
      expect(batch.sent).toBe(batch.rows.join(''));
      before += batch.rows.length;
    }
  }
});

test('a batch goes on until its row ends', async () => {
  const [first, second] = await batchesOf(`a,b\n1,"${'\n'.repeat(100)}"\n2,y\n`, 4, 8);
  expect([first?.rows.length, second?.firstRow]).toEqual([1, 2]);
});
