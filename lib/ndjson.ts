/** Media type of a stream of one JSON object a line. */
export const NDJSON = 'application/x-ndjson; charset=utf-8';

/**
 * Reads a byte stream of NDJSON as objects, one a line. A last line without a line feed is read too.
 * Throws SyntaxError on a line that is no JSON. Cancels the stream when the consumer stops early.
 */
export async function* readNdjson<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) if (line !== '') yield JSON.parse(line) as T;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
