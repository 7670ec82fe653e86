import { describe, expect, test } from 'vitest';
import { frameReader, type RowSink } from './wire';

function frame(type: string, payload: string): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

function reader(limit = 1000, hasSink = true, isOurs: ((type: number) => boolean) | null = null) {
  const parsed: Buffer[] = [];
  const rows: string[] = [];
  const refused: (string | number)[] = [];
  const order: string[] = [];
  const sink: RowSink = (bytes, start, end) => {
    rows.push(bytes.toString('utf8', start, end));
    order.push('row');
  };
  const read = frameReader(
    { sink: hasSink ? sink : null, copy: null, isOurs },
    (chunk) => {
      parsed.push(Buffer.from(chunk));
      order.push('parse');
    },
    limit,
    (reason, bytes) => refused.push(reason, bytes),
  );
  return { read, rows, refused, order, parsed: () => Buffer.concat(parsed).toString('latin1') };
}

const stream = Buffer.concat([
  frame('T', 'head'),
  frame('D', 'one'),
  frame('D', ''),
  frame('N', 'Mnote\0\0'),
  frame('D', 'two'),
  frame('C', 'x'),
]);

describe('frames', () => {
  test.each(Array.from({ length: stream.length }, (_, i) => i + 1))('survive chunks of %i bytes', (size) => {
    const { read, rows, parsed } = reader();
    for (let at = 0; at < stream.length; at += size) read(stream.subarray(at, at + size));
    expect(rows).toEqual(['one', '', 'two']);
    expect(parsed()).toBe(
      Buffer.concat([frame('T', 'head'), frame('N', 'Mnote\0\0'), frame('C', 'x')]).toString('latin1'),
    );
  });

  test('keep their order', () => {
    const { read, order } = reader();
    read(stream);
    expect(order).toEqual(['parse', 'row', 'row', 'parse', 'row', 'parse']);
  });

  test('that are ours are kept from the parser', () => {
    const types: string[] = [];
    const { read, rows, parsed } = reader(1000, true, (type) => types.push(String.fromCharCode(type)) === 1);
    read(stream);
    expect(types).toEqual(['T', 'N', 'C']);
    expect(rows).toEqual(['one', '', 'two']);
    expect(parsed()).toBe(Buffer.concat([frame('N', 'Mnote\0\0'), frame('C', 'x')]).toString('latin1'));
  });

  test('all go to the parser without a sink', () => {
    const { read, parsed } = reader(1000, false);
    read(stream);
    expect(parsed()).toBe(stream.toString('latin1'));
  });
});

test('a message over the limit is refused by its header, before it is buffered', () => {
  const { read, refused, rows, parsed } = reader(100);
  read(Buffer.concat([frame('D', 'fits'), frame('D', 'x'.repeat(200)).subarray(0, 6)]));
  read(frame('C', 'late'));
  expect(rows).toEqual(['fits']);
  expect(refused).toEqual(['oversize', 205]);
  expect(parsed()).toBe('');
});

describe('an error or a notice that does not end where its frame ends', () => {
  const unending = ['', '\0M', 'M', 'Mfoo', 'Mfoo\0', 'Mfoo\0C', 'Mfoo\0\0x', 'Mfoo\0\0\0', 'SERROR\0Cx'];

  test.each(unending.flatMap((payload) => [['E', payload] as const, ['N', payload] as const]))(
    'is refused: %s %j',
    (type, payload) => {
      const bytes = Buffer.concat([frame('C', 'before'), frame(type, payload), frame('C', 'late')]);
      for (const size of [1, 3, bytes.length]) {
        const { read, refused, parsed } = reader();
        for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
        expect(refused).toEqual(['malformed', payload.length + 5]);
        expect(parsed()).toBe(frame('C', 'before').toString('latin1'));
      }
    },
  );

  test.each(['\0', 'M\0\0', 'SERROR\0Mfoo\0C42601\0\0'])('and one that does is taken: %j', (payload) => {
    const { read, refused, parsed } = reader();
    read(frame('E', payload));
    expect(refused).toEqual([]);
    expect(parsed()).toBe(frame('E', payload).toString('latin1'));
  });
});
