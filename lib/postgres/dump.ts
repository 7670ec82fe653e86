import 'server-only';
import { runTool } from './client-process';
import { programOf } from './client-tools';
import type { ClientTools } from './client-version';
import type { Endpoint } from './connection';
import { jobName } from './terminate';

export type Dump = {
  endpoint: Endpoint;
  tools: ClientTools;
  /** The snapshot to read in, see exportSnapshot(); null for one of pg_dump's own. */
  snapshot: string | null;
  jobId: string;
  signal: AbortSignal;
  onMessage: (message: string) => void;
};

/**
 * A whole database as an archive in pg_dump's custom format, chunk by chunk, as the role of `endpoint`. Ends by
 * throwing AppError when pg_dump fails, so that what came before must not be taken for a backup.
 */
export function dumpDatabase({
  endpoint,
  tools,
  snapshot,
  jobId,
  signal,
  onMessage,
}: Dump): AsyncIterable<Buffer> {
  return runTool({
    program: programOf(tools, 'pg_dump'),
    args: ['--format=custom', '--verbose', ...(snapshot === null ? [] : [`--snapshot=${snapshot}`])],
    endpoint,
    input: null,
    applicationName: jobName(jobId),
    signal,
    onMessage,
  });
}
