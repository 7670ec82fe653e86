import 'server-only';
import { AppError } from '../errors';
import { splitStatements } from '../sql/split';

/** A part of a plain dump, in its order: a statement, or the rows of a COPY as bytes with their line ends. */
export type ScriptPart =
  | { type: 'statement'; sql: string }
  | { type: 'copy'; sql: string; rows: () => AsyncIterable<Buffer> };

/** Bytes of a statement at most: what is longer is no dump. */
const statementLimit = 256 * 1024 * 1024;
const batchBytes = 64 * 1024;
const copyFromStdin = /^COPY\s.*\sFROM\s+stdin\b/is;

/**
 * Reads a script as pg_dump writes it. `\restrict` and the `\unrestrict` of the same key are accepted and checked, `\.`
 * ends the rows of a COPY; every other command of psql is refused. Throws AppError `invalid` for those, and for a script
 * that ends too early. The rows of a COPY must be read before the next part.
 */
export async function* readScript(chunks: AsyncIterable<Buffer>): AsyncGenerator<ScriptPart, void> {
  const lines = linesOf(chunks)[Symbol.asyncIterator]();
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let key: string | null = null;
  let pending = '';
  for (;;) {
    const { value: line, done } = await lines.next();
    if (done) break;
    const text = decode(decoder, line);
    if (pending === '' && (text === '' || text.startsWith('--'))) continue;
    if (pending === '' && text.startsWith('\\')) {
      key = readMeta(text, key);
      continue;
    }
    pending += `${text}\n`;
    if (pending.length > statementLimit) throw notScript('a statement in it does not end');
    if (!text.trimEnd().endsWith(';') || !isComplete(pending)) continue;
    for (const { text: sql } of splitStatements(pending)) {
      if (sql.startsWith('\\')) throw refused(sql);
      if (!copyFromStdin.test(sql)) yield { type: 'statement', sql };
      else yield { type: 'copy', sql, rows: () => rowsOf(lines) };
    }
    pending = '';
  }
  if (splitStatements(pending).length > 0) throw notScript('it ends within a statement');
  if (key !== null) throw notScript('it ends before its \\unrestrict');
}

function decode(decoder: TextDecoder, line: Buffer): string {
  try {
    return decoder.decode(line);
  } catch {
    throw notScript('it is not text in UTF-8');
  }
}

/** Whether what follows would be a statement of its own. */
function isComplete(pending: string): boolean {
  return (splitStatements(`${pending}x`).at(-1)?.start ?? 0) >= pending.length;
}

/** The key that is in force after a command of psql; null for none. */
function readMeta(text: string, key: string | null): string | null {
  const [, command, given = null] = /^\\(restrict|unrestrict) (\w+)\s*$/.exec(text) ?? [];
  if (command === 'restrict' && key === null) return given;
  if (command === 'unrestrict' && key !== null && given === key) return null;
  throw refused(text);
}

async function* rowsOf(lines: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void> {
  let batch: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { value: line, done } = await lines.next();
    if (done) throw notScript('it ends within the rows of a COPY');
    if (line.length === 2 && line[0] === 0x5c && line[1] === 0x2e) break;
    batch.push(line, lineEnd);
    size += line.length + 1;
    if (size < batchBytes) continue;
    yield Buffer.concat(batch);
    batch = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(batch);
}

const lineEnd = Buffer.from('\n');

/** Lines without their end. Only LF ends one: a lone CR may stand in a string. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, start)) {
      const end = chunk.subarray(start, at);
      yield rest.length === 0 ? end : Buffer.concat([...rest, end]);
      rest = [];
      start = at + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}

function refused(text: string): AppError {
  return new AppError(
    'invalid',
    `The script holds a command of psql, which Howdah never runs: ${text.slice(0, 100)}`,
    { hint: 'pg_dump writes none but \\restrict and \\unrestrict. Look into where the script comes from.' },
  );
}

function notScript(why: string): AppError {
  return new AppError('invalid', `The script is not whole: ${why}.`, { hint: 'Use another backup.' });
}
