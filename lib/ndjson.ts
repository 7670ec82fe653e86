/** Media type of a stream of one JSON object a line. */
export const NDJSON = 'application/x-ndjson; charset=utf-8';

/**
 * Reads a byte stream of NDJSON as objects, one a line. A last line without a line feed is read too.
 * Throws SyntaxError on a line that is no JSON. Cancels the stream when the consumer stops early.
 */
export async function* readNdjson<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader();
  let parts: Uint8Array[] = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      let from = 0;
      for (let feed = value.indexOf(lineFeed); feed >= 0; feed = value.indexOf(lineFeed, from)) {
        parts.push(value.subarray(from, feed));
        from = feed + 1;
        const line = decode(parts);
        parts = [];
        if (line !== '') yield JSON.parse(line) as T;
      }
      if (from < value.length) parts.push(value.subarray(from));
    }
    const last = decode(parts);
    if (last !== '') yield JSON.parse(last) as T;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const lineFeed = 0x0a;

/**
 * A line's bytes as text, decoded at once: a decoder that waits for more (`stream`) is many times slower, and would
 * have to be asked about characters that are split.
 */
function decode(parts: Uint8Array[]): string {
  const [only, ...more] = parts;
  if (only === undefined) return '';
  return new TextDecoder().decode(more.length === 0 ? only : joined(parts));
}

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
