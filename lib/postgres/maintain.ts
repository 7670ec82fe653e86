import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { AppError } from '../errors';
import { type IndexName, listInvalidIndexes } from './catalog/maintenance';
import type { Endpoint } from './connection';
import { inWords, queryError } from './errors';
import { type Phase, readPhase } from './maintenance-progress';
import { connect, withClient } from './target';
import { withJobConnection } from './terminate';

/** How often the progress is read, in milliseconds. */
const everyMs = 400;

type Options = {
  endpoint: Endpoint;
  jobId: string;
  signal: AbortSignal;
  onMessage(line: string): void;
  onPhase(phase: Phase): void;
};

/** One statement of maintenance, and the oid of its table. */
export type MaintenanceStep = { sql: string; table: string };

/** Why a statement was not done, with who kept it waiting or what PostgreSQL warned of; and the indexes that it left invalid. */
export type Undone = { error: AppError; invalid: IndexName[] };

/**
 * Runs `work`, which is given what runs one statement of maintenance after the other and answers null, or why it was not done.
 * Each waits for no lock longer than two seconds, so that nobody queues behind it for longer. Throws AppError when the
 * connection is lost, and when the job is to end.
 */
export async function withMaintenance<T>(
  options: Options,
  work: (maintain: (step: MaintenanceStep) => Promise<Undone | null>) => Promise<T>,
): Promise<T> {
  const { endpoint, onMessage, onPhase } = options;
  return withJobConnection(endpoint, options, async (client) => {
    const said: Said = { warnings: [], blockers: [] };
    client.on('notice', ({ code, message = '' }) => {
      onMessage(message);
      if (code?.startsWith('01')) said.warnings.push(message);
    });
    await client.query("set lock_timeout = '2s'");
    const { processID } = client as pg.Client & { processID: number };
    const watch = await startWatch(endpoint, processID, (phase, blockers) => {
      if (phase !== null) onPhase(phase);
      if (blockers.length > 0) said.blockers = blockers;
    });
    try {
      return await work((step) => runStep(client, step, said, options));
    } finally {
      await watch.stop();
    }
  });
}

/** What came to be known while a statement ran: what PostgreSQL warned of, and who kept it waiting last. */
type Said = { warnings: string[]; blockers: string[] };

async function runStep(
  client: pg.Client,
  { sql, table }: MaintenanceStep,
  said: Said,
  { endpoint, signal, onMessage }: Options,
): Promise<Undone | null> {
  signal.throwIfAborted();
  Object.assign(said, { warnings: [], blockers: [] });
  const before = (await listInvalidIndexes(client, table)).map(wholeName);
  try {
    await client.query({ text: sql, queryMode: 'extended' } as pg.QueryConfig);
  } catch (cause) {
    const { error } = queryError(cause);
    if (error.code === 'unreachable') throw error;
    const left = await withClient(endpoint, (other) => listInvalidIndexes(other, table)).catch(() => []);
    const invalid = left.filter((index) => !before.includes(wholeName(index)));
    for (const index of invalid) onMessage(`howdah: the index ${wholeName(index)} is left, and is not valid`);
    if (signal.aborted) throw error;
    return { error: explain(error, said.blockers), invalid };
  }
  if (said.warnings.length === 0) return null;
  const error = new AppError('query_failed', `PostgreSQL left it undone: ${said.warnings.join('; ')}.`, {
    hint: 'The role must own the table, or the database, or have MAINTAIN on it (PostgreSQL 17).',
  });
  return { error, invalid: [] };
}

function wholeName({ schema, name }: IndexName): string {
  return `${schema}.${name}`;
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

function explain(error: AppError, blockers: string[]): AppError {
  if (error.sqlstate !== '55P03') return error;
  const waited = blockers.length === 0 ? 'another session' : `the backends ${blockers.join(', ')}`;
  return new AppError('conflict', inWords(new Error(error.message)), {
    hint: `It waited two seconds for ${waited}. Try again when they are done, or end them under Activity.`,
    sqlstate: error.sqlstate,
    cause: error,
  });
}

/** Why a statement was not done, with what it left and what to do about that. */
export function errorWithLeft({ error, invalid }: Undone): AppError {
  if (invalid.length === 0) return error;
  const left = `It left what no query uses: ${invalid.map(wholeName).join(', ')}. Drop it on the Health page of the database.`;
  const { code, message, hint, sqlstate } = error;
  return new AppError(code, message, {
    hint: [hint, left].filter(Boolean).join(' '),
    sqlstate,
    cause: error,
  });
}
