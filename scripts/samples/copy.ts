import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

/** A row as COPY takes it: text for each column, or NULL. */
export type CopyRow = readonly (string | null)[];

/** Loads rows of text into a table: `target` is what stands after COPY, for example `posts (id, title)`. */
export async function copyRows(client: pg.Client, target: string, rows: Iterable<CopyRow>): Promise<void> {
  await pipeline(Readable.from(encode(rows)), client.query(from(`copy ${target} from stdin`)));
}

/** COPY's text format, in pieces large enough for the network. */
function* encode(rows: Iterable<CopyRow>): Generator<Buffer> {
  let piece = '';
  for (const row of rows) {
    piece += `${row.map(escapeField).join('\t')}\n`;
    if (piece.length < 65_536) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeField(text: string | null): string {
  if (text === null) return '\\N';
  return text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}
