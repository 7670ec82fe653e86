import 'server-only';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { env } from './env';
import { AppError } from './errors';
import { findClientTools } from './postgres/client-tools';
import { chooseTools, versionText } from './postgres/client-version';
import { dumpDatabase } from './postgres/dump';
import { withClient } from './postgres/target';
import { parseServerUrl } from './postgres/url';

/**
 * Writes an archive of Howdah's own store to a new file, for its owner only; under its name it is whole. Answers its bytes
 * and the tool that made it. Throws AppError: `conflict` for a file that is there, `invalid` without a store.
 */
export async function backUpStore(file: string): Promise<{ bytes: number; tool: string }> {
  const { DATABASE_URL: url, HOWDAH_OWNER_URL: ownerUrl = url } = env();
  if (ownerUrl === undefined) throw new AppError('invalid', 'DATABASE_URL is not set.');
  const endpoint = parseServerUrl(ownerUrl);
  const { rows } = await withClient(endpoint, (client) =>
    client.query<{ version: string }>("select pg_catalog.current_setting('server_version_num') as version"),
  );
  const tools = chooseTools(await findClientTools(), Math.floor(Number(rows[0]?.version) / 10_000));
  const chunks = dumpDatabase({
    endpoint,
    tools,
    wanted: { format: 'custom', contents: 'all', relations: null },
    snapshot: null,
    jobId: 'store',
    signal: new AbortController().signal,
    onMessage: () => undefined,
  });
  const bytes = await writeNew(path.resolve(file), chunks).catch(explain);
  return { bytes, tool: versionText(tools) };
}

/** What pg_dump says here stands in no log of a job. */
function explain(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'query_failed') throw error;
  throw new AppError(error.code, error.message, {
    hint: 'Only the role that owns the store may read all of it. Where that is not the one of DATABASE_URL, set HOWDAH_OWNER_URL.',
    cause: error,
  });
}

async function writeNew(file: string, chunks: AsyncIterable<Buffer>): Promise<number> {
  const placeholder = await open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
    throw new AppError('conflict', `${file} is there already.`, {
      hint: 'Give the name of a new file.',
      cause,
    });
  });
  await placeholder.close();
  const partial = `${file}.partial`;
  try {
    const handle = await open(partial, 'w', 0o600);
    let bytes = 0;
    try {
      for await (const chunk of chunks) {
        await handle.writeFile(chunk);
        bytes += chunk.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
    return bytes;
  } catch (error) {
    await rm(partial, { force: true });
    await rm(file, { force: true });
    throw error;
  }
}
