import { expect, test } from 'vitest';
import { readNdjson } from './ndjson';

const lines = [{ a: 'é🐘' }, { b: ['\n', null] }, {}];
const bytes = new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n'));

function inChunks(size: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
      controller.close();
    },
  });
}

test.each([1, 2, 3, 7, 1000])(
  'lines survive chunks of %i bytes, the last one without a line feed too',
  async (size) => {
    const seen: unknown[] = [];
    for await (const line of readNdjson(inChunks(size))) seen.push(line);
    expect(seen).toEqual(lines);
  },
);

test('a consumer that stops early cancels the stream', async () => {
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('{}\n')),
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const _ of readNdjson(body)) break;
  expect(isCancelled).toBe(true);
});
