import 'server-only';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { AppError } from '../errors';
import type { Endpoint } from './connection';
import { readScript, type ScriptPart } from './script-reader';
import { isServerTrouble } from './server-trouble';
import { withJobConnection } from './terminate';

export type ScriptRestore = {
  /** The new, empty database, as the role that restores. */
  endpoint: Endpoint;
  /** The script, not compressed any more. */
  chunks: AsyncIterable<Buffer>;
  jobId: string;
  signal: AbortSignal;
  /** Hears the first words of what is run next. */
  onStatement: (words: string) => void;
};

/**
 * Runs a plain dump in a new database: each statement alone by the extended protocol, each COPY with its rows; psql has no
 * part in it. The first error ends it: throws AppError with the statement; the database is then to be dropped.
 */
export async function restoreScript(restore: ScriptRestore): Promise<void> {
  await withJobConnection(restore.endpoint, restore, async (client) => {
    for await (const part of readScript(restore.chunks)) {
      restore.signal.throwIfAborted();
      restore.onStatement(part.sql.replace(/\s+/g, ' ').slice(0, 100));
      await run(client, part).catch((error) => failPart(error, part));
    }
  });
}

async function run(client: pg.Client, part: ScriptPart): Promise<void> {
  if (part.type === 'copy') {
    await pipeline(
      Readable.from(part.rows(), { objectMode: false }),
      client.query(copyStreams.from(part.sql)),
    );
    return;
  }
  if (/^SET client_encoding = '(?!UTF8')/i.test(part.sql)) throw wrongEncoding();
  await client.query({ text: part.sql, queryMode: 'extended' } as pg.QueryConfig);
}

/** A server before 17 has no transaction_timeout, which a newer pg_dump switches off: that costs nothing. */
function failPart(error: unknown, { sql }: ScriptPart): void {
  if (!(error instanceof pg.DatabaseError)) throw error;
  if (error.code === '42704' && sql === 'SET transaction_timeout = 0') return;
  const code = isServerTrouble(error.code) ? 'unreachable' : 'query_failed';
  throw new AppError(code, `The script failed: ${error.message}, at: ${sql.slice(0, 200)}`, {
    sqlstate: error.code,
    hint: error.hint ?? 'What was restored so far is removed.',
    cause: error,
  });
}

function wrongEncoding(): AppError {
  return new AppError('invalid', 'The script is not written in UTF-8, and Howdah sends nothing else.', {
    hint: 'Take it with pg_dump --encoding=UTF8.',
  });
}
