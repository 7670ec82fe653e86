import { expect, test } from 'vitest';
import { readText } from './body';

/** A request with a body of 1,000 kB in pieces of one, and how many were taken of it. */
function largeBody() {
  let pieces = 0;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      pieces += 1;
      controller.enqueue(new Uint8Array(1024).fill(0x61));
      if (pieces === 1000) controller.close();
    },
  };
  const body = new ReadableStream<Uint8Array>(source, { highWaterMark: 0 });
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
  return { request: new Request('http://localhost/', init), taken: () => pieces };
}

test('S63: a body is read no further than its limit, whatever length it says', async () => {
  const { request, taken } = largeBody();
  await expect(readText(request, 64 * 1024)).rejects.toMatchObject({ code: 'too_large' });
  expect(taken()).toBeLessThan(70);
});

test('S63: a body that says that it is too large is not read at all', async () => {
  const { request, taken } = largeBody();
  request.headers.set('content-length', String(9 * 1024 * 1024));
  await expect(readText(request, 8 * 1024 * 1024)).rejects.toThrow('The body is larger than 8 MB.');
  expect(taken()).toBe(0);
});

test('a body within its limit is read as UTF-8, and as nothing else', async () => {
  const post = (body: BodyInit) => new Request('http://localhost/', { method: 'POST', body });
  expect(await readText(post('é'.repeat(10)), 20)).toBe('é'.repeat(10));
  await expect(readText(post('é'.repeat(10)), 19)).rejects.toMatchObject({ code: 'too_large' });
  await expect(readText(post(new Uint8Array([0xc3])), 20)).rejects.toThrow('not UTF-8');
});
