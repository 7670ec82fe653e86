import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { AppError } from '../errors';
import { listInvalidIndexes } from './catalog/maintenance';
import type { Endpoint } from './connection';
import { inWords } from './errors';
import { type Phase, readPhase } from './maintenance-progress';
import { connect, withClient } from './target';
import { withJobConnection } from './terminate';

/** How often the progress is read, in milliseconds. */
const everyMs = 400;

type Options = {
  endpoint: Endpoint;
  jobId: string;
  signal: AbortSignal;
  sql: string;
  /** Oid of the table. */
  table: string;
  onMessage(line: string): void;
  onPhase(phase: Phase): void;
};

/**
 * Runs one statement of maintenance, which waits for no lock longer than two seconds, so that nobody queues behind it for
 * longer. Throws AppError: with who kept it waiting, with what PostgreSQL warned of and left undone, and with the indexes
 * that it left invalid.
 */
export async function maintain(options: Options): Promise<void> {
  const { endpoint, table, onMessage } = options;
  const before = await withClient(endpoint, (client) => listInvalidIndexes(client, table));
  let blockers: string[] = [];
  try {
    await withJobConnection(endpoint, options, (client) =>
      run(client, options, (found) => {
        blockers = found;
      }),
    );
  } catch (error) {
    const left = await withClient(endpoint, (client) => listInvalidIndexes(client, table)).catch(
      () => before,
    );
    const invalid = left.filter((name) => !before.includes(name));
    for (const name of invalid) onMessage(`howdah: the index ${name} is left, and is not valid`);
    throw explain(error, blockers, invalid);
  }
}

async function run(
  client: pg.Client,
  { endpoint, sql, onMessage, onPhase }: Options,
  onBlocked: (blockers: string[]) => void,
): Promise<void> {
  const warnings: string[] = [];
  client.on('notice', ({ code, message = '' }) => {
    onMessage(message);
    if (code?.startsWith('01')) warnings.push(message);
  });
  await client.query("set lock_timeout = '2s'");
  const { processID } = client as pg.Client & { processID: number };
  const watch = await startWatch(endpoint, processID, (phase, blockers) => {
    if (phase !== null) onPhase(phase);
    if (blockers.length > 0) onBlocked(blockers);
  });
  try {
    await client.query({ text: sql, queryMode: 'extended' } as pg.QueryConfig);
  } finally {
    await watch.stop();
  }
  if (warnings.length === 0) return;
  throw new AppError('query_failed', `PostgreSQL left it undone: ${warnings.join('; ')}.`, {
    hint: 'The role must own the table, or the database, or have MAINTAIN on it (PostgreSQL 17).',
  });
}

/** Reads the progress on a connection of its own; what goes wrong with that harms nothing. */
async function startWatch(
  endpoint: Endpoint,
  pid: number,
  onRead: (phase: Phase | null, blockers: string[]) => void,
): Promise<{ stop(): Promise<void> }> {
  const client = await connect(endpoint);
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const { phase, blockers } = await readPhase(client, pid);
      onRead(phase, blockers);
      await sleep(everyMs);
    }
  })().catch(() => undefined);
  return {
    async stop() {
      isOver = true;
      await watching;
      await client.end().catch(() => undefined);
    },
  };
}

function explain(error: unknown, blockers: string[], invalid: string[]): unknown {
  if (!(error instanceof AppError)) return error;
  const isLocked = error.sqlstate === '55P03';
  if (!isLocked && invalid.length === 0) return error;
  const waited = blockers.length === 0 ? 'another session' : `the backends ${blockers.join(', ')}`;
  const hint = [
    isLocked
      ? `It waited two seconds for ${waited}. Try again when they are done, or end them under Activity.`
      : '',
    invalid.length === 0
      ? ''
      : `It left what no query uses: ${invalid.join(', ')}. Drop it on the Health page of the database.`,
  ];
  return new AppError(isLocked ? 'conflict' : error.code, inWords(new Error(error.message)), {
    hint: hint.filter(Boolean).join(' '),
    sqlstate: error.sqlstate,
    cause: error,
  });
}
