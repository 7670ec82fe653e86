import { expect, test } from 'vitest';
import { passCopy } from './copy-encoders';
import { copyAsJson, type JsonForm } from './copy-json';
import type { Batch, Encoder } from './rows';
import { frameReader } from './wire';

/** The data of a COPY as they come: a message a row, cut into chunks of some bytes. */
function sendRows<B extends Batch>(rows: string[], chunkBytes: number, encoder: Encoder<B>): string {
  const frames = rows.map((row) => {
    const payload = Buffer.from(row);
    const head = Buffer.alloc(5, 'd');
    head.writeUInt32BE(payload.length + 4, 1);
    return Buffer.concat([head, payload]);
  });
  const wire = Buffer.concat(frames);
  const read = frameReader(
    { sink: null, copy: encoder.add, isOurs: null },
    () => undefined,
    1024,
    () => undefined,
  );
  const taken: Buffer[] = [];
  for (let at = 0; at < wire.length; at += chunkBytes) {
    read(Buffer.from(wire.subarray(at, at + chunkBytes)));
    if (at % 3 === 0) taken.push(encoder.take()?.line ?? Buffer.alloc(0));
  }
  taken.push(encoder.take()?.line ?? Buffer.alloc(0));
  return Buffer.concat(taken).toString();
}

const chunks = [1, 2, 5, 7, 64, 4096, 5000, 100_000];

test.each(chunks)('the bytes of a COPY come through as they are, in chunks of %i bytes', (chunkBytes) => {
  const rows = Array.from({ length: 40 }, (_, row) => `${row},${'abcdefg'.repeat((row * row) % 23)}\n`);
  rows.push(`${'x'.repeat(10_000)}\n`, '\n', `${'y'.repeat(4_097)}\n`, 'z\n');
  expect(sendRows(['head\n', ...rows], chunkBytes, passCopy(1))).toBe(`head\n${rows.join('')}`);
});

test.each(chunks)('rows become the JSON that their text stands for, in chunks of %i bytes', (chunkBytes) => {
  const forms: JsonForm[] = ['number', 'boolean', 'json', 'text'];
  const encoder = copyAsJson(['n', 'b', 'j', 'a "b'], (column) => forms[column] ?? 'text', {
    ...{ first: '', between: '', after: '\n' },
  });
  const rows = [
    '-1.10\tt\t{"a": 1e400,\\n "b\\\\n": "\\\\u00e4"}\tplain\n',
    'NaN\tf\t\\N\t"\\\\ \\b\\f\\n\\r\\t\\v \u0001 é🐘\n',
    '-Infinity\t\\N\tnull\t\n',
    `\\N\tt\t[]\t${'long "text" '.repeat(500)}\n`,
  ];
  const [one, two, three, four] = sendRows(rows, chunkBytes, encoder).split('\n');
  expect(one).toBe('{"n":-1.10,"b":true,"j":{"a": 1e400,  "b\\n": "\\u00e4"},"a \\"b":"plain"}');
  expect(JSON.parse(two ?? '')).toEqual({
    n: 'NaN',
    b: false,
    j: null,
    'a "b': '"\\ \b\f\n\r\t\v \u0001 é🐘',
  });
  expect(three).toBe('{"n":"-Infinity","b":null,"j":null,"a \\"b":""}');
  expect(JSON.parse(four ?? '')).toEqual({ n: null, b: true, j: [], 'a "b': 'long "text" '.repeat(500) });
});

test('a value that is not UTF-8 is an error', () => {
  const encoder = copyAsJson(['a'], () => 'text', { first: '', between: '', after: '\n' });
  encoder.add(Buffer.from([0xff, 0x0a]), 0, 2, true);
  expect(() => encoder.take()).toThrow(RangeError);
});
