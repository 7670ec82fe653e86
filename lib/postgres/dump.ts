import 'server-only';
import { AppError } from '../errors';
import type { BackupFormat, BackupOptions } from '../job-types';
import { readTool, runTool } from './client-process';
import { programOf } from './client-tools';
import type { ClientTools } from './client-version';
import type { Endpoint } from './connection';
import { jobName } from './terminate';

export type Dump = {
  endpoint: Endpoint;
  tools: ClientTools;
  wanted: Pick<BackupOptions, 'contents' | 'relations'> & { format: BackupFormat };
  /** The snapshot to read in, see exportSnapshot(); null for one of pg_dump's own. */
  snapshot: string | null;
  jobId: string;
  signal: AbortSignal;
  onMessage: (message: string) => void;
};

/**
 * A database, or the server's roles, as the client tool writes it, chunk by chunk, as the role of `endpoint`. Ends by
 * throwing AppError when the tool fails, so that what came before must not be taken for a backup.
 */
export function dumpDatabase(dump: Dump): AsyncIterable<Buffer> {
  const { endpoint, tools, jobId, signal, onMessage } = dump;
  const isGlobal = dump.wanted.contents === 'globals';
  return runTool({
    program: programOf(tools, isGlobal ? 'pg_dumpall' : 'pg_dump'),
    args: isGlobal ? globalArguments : dumpArguments(dump),
    endpoint,
    input: null,
    applicationName: jobName(jobId),
    signal,
    onMessage,
  });
}

/**
 * Dumps a database into an empty folder in the directory format, `jobs` tables at once, all in one snapshot. Throws AppError
 * when the tool fails; what is in the folder is then worth nothing.
 */
export async function dumpDirectory(dump: Dump, folder: string, jobs: number): Promise<void> {
  const { endpoint, tools, jobId, signal, onMessage } = dump;
  await readTool({
    program: programOf(tools, 'pg_dump'),
    args: [...dumpArguments(dump), `--file=${folder}`, `--jobs=${jobs}`],
    endpoint,
    input: null,
    applicationName: jobName(jobId),
    signal,
    onMessage,
  });
}

/** Roles come without their passwords: those are hashes that would let whoever reads the file try them. */
const globalArguments = ['--globals-only', '--no-role-passwords', '--verbose'];

function dumpArguments({ wanted, snapshot }: Pick<Dump, 'wanted' | 'snapshot'>): string[] {
  const { format, contents, relations } = wanted;
  return [
    `--format=${format}`,
    '--verbose',
    ...(format === 'plain' ? ['--encoding=UTF8'] : []),
    ...(contents === 'schema' ? ['--schema-only'] : []),
    ...(contents === 'data' ? ['--data-only'] : []),
    ...(relations === null
      ? []
      : ['--strict-names', ...relations.map((name) => `--table=${tablePattern(name)}`)]),
    ...(snapshot === null ? [] : [`--snapshot=${snapshot}`]),
  ];
}

/**
 * A pattern that only this table matches: what stands in double quotes has no meaning of its own there. A line break in a
 * name would end the pattern: throws AppError `invalid`.
 */
function tablePattern({ schema, relation }: { schema: string; relation: string }): string {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
  if (/[\r\n]/.test(schema + relation)) {
    throw new AppError('invalid', 'pg_dump takes no table whose name holds a line break by itself.', {
      hint: 'Back up the whole database.',
    });
  }
  return `${quote(schema)}.${quote(relation)}`;
}
