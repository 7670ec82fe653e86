import { isUtf8 } from 'node:buffer';
import type { Asked } from './answer';
import { AppError } from './errors';

/**
 * A request's body as text, read no further than `limit` bytes. Throws AppError: `too_large`, or `invalid` for what is
 * not UTF-8.
 */
export async function readText(
  { headers, body: stream }: Pick<Asked, 'headers' | 'body'>,
  limit: number,
): Promise<string> {
  if (Number(headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream ?? []) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!isUtf8(body)) throw new AppError('invalid', 'The body is not UTF-8.');
  return body.toString('utf8');
}

function tooLarge(limit: number): AppError {
  const size = limit < 1024 * 1024 ? `${limit / 1024} kB` : `${limit / 1024 / 1024} MB`;
  return new AppError('too_large', `The body is larger than ${size}.`, {
    hint: 'Run a file of this size with psql -f, or bring the rows in as CSV.',
  });
}
