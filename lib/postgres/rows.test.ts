import { expect, test } from 'vitest';
import { cellLimit, createRowEncoder } from './rows';

function dataRow(cells: (string | Buffer | null)[]): Buffer {
  const parts = [Buffer.alloc(2)];
  parts[0]?.writeUInt16BE(cells.length);
  for (const cell of cells) {
    const length = Buffer.alloc(4);
    const bytes = cell === null ? null : Buffer.from(cell);
    length.writeInt32BE(bytes === null ? -1 : bytes.length);
    parts.push(length, bytes ?? Buffer.alloc(0));
  }
  return Buffer.concat(parts);
}

function encode(rows: (string | Buffer | null)[][]) {
  const encoder = createRowEncoder();
  for (const row of rows) {
    const bytes = dataRow(row);
    encoder.add(bytes, 0, bytes.length, true);
  }
  return encoder.take();
}

const everyByte = Array.from({ length: 127 }, (_, i) => String.fromCharCode(i + 1)).join('');

test('rows come back from the JSON exactly', () => {
  const rows = [
    ['', null, 'null'],
    [everyByte, 'é🐘\u2028', '"\\'],
    [],
    ['x'.repeat(50_000), '{"a":1.0}', '\t'],
  ];
  const batch = encode(rows);
  expect(JSON.parse(batch?.json.toString('utf8') ?? '')).toEqual(rows);
  expect(batch?.count).toBe(4);
});

test('an escape is found at every place of a cell of every length', () => {
  const odd = ['"', '\\', '\u001f', '\n', '\u0001', 'é', '\u007f', '🐘', '!', '#', '[', ']'];
  for (let length = 0; length < 14; length++) {
    for (let place = 0; place < length; place++) {
      const rows = odd.map((character) => [
        `${'x'.repeat(place)}${character}${'y'.repeat(length - place - 1)}`,
      ]);
      expect(JSON.parse(encode(rows)?.json.toString('utf8') ?? '')).toEqual(rows);
    }
  }
});

test('a cell over the limit is cut between characters, with its length beside it', () => {
  for (const shift of ['', 'a', 'aa', 'aaa']) {
    const text = shift + '🐘'.repeat(20_000);
    const batch = encode([['first'], [text, 'after']]);
    const cell = JSON.parse(batch?.json.toString('utf8') ?? '')[1][0];
    expect(text.startsWith(cell)).toBe(true);
    expect(Buffer.byteLength(cell)).toBeGreaterThan(cellLimit - 4);
    expect(batch?.cut).toEqual([[1, 0, Buffer.byteLength(text)]]);
  }
});

test('bytes that are no UTF-8 are an error, never a replacement character', () => {
  expect(() => encode([[Buffer.from([0xff, 0xfe])]])).toThrow(/UTF-8/);
});

test('batches do not share memory', () => {
  const encoder = createRowEncoder();
  const add = (text: string) => {
    const bytes = dataRow([text]);
    encoder.add(bytes, 0, bytes.length, true);
    return encoder.take();
  };
  const first = add('one');
  add('two');
  expect(first?.json.toString()).toBe('[["one"]]');
  expect(encoder.take()).toBeNull();
});
