import 'server-only';
import type { Level, RunKind, RunStatus } from '../api-types';
import { AppError } from '../errors';
import { singleton } from '../singleton';
import { inBatches } from './batch';
import { storePool } from './db';
import { instanceId } from './instances';
import { markOf } from './mark';
import { retryInBackground } from './retry';

/** What is about to be sent, by whom and where. `id` is a UUIDv7, `sql` holds no NUL byte. */
export type Intent = {
  id: string;
  script_id: string;
  statement: number;
  kind: RunKind;
  user_id: string;
  username: string;
  server_id: string;
  server: string;
  database: string;
  level: Level;
  pid: number;
  sql: string;
  params: (string | null)[] | null;
};

/** How a run ended. `bytes` counts the result's values as PostgreSQL sent them. */
export type Outcome = {
  history_id: string;
  status: Exclude<RunStatus, 'running'>;
  rows: number | null;
  bytes: number | null;
  duration_ms: number | null;
  sqlstate: string | null;
  message: string | null;
};

/**
 * Resolves when the run stands in `query_history`, committed. Only then may its statement be sent. Throws
 * AppError `unreachable` when it can't be written: nothing may be sent then.
 */
export async function recordIntent(intent: Intent): Promise<void> {
  try {
    await singleton('record.intents', () => inBatches(insertIntents))(intent);
  } catch (cause) {
    throw new AppError(
      'unreachable',
      'The query history cannot be written, so nothing was sent to the server.',
      {
        hint: 'Check the store: npm run check. Howdah runs no statement that it cannot record.',
        cause,
      },
    );
  }
}

/**
 * Resolves when the outcome is committed. While the store is away it goes on trying in the background: for the
 * caller it then rejects at once with AppError `unreachable`.
 */
export async function recordOutcome(outcome: Outcome): Promise<void> {
  const put = singleton('record.outcomes', () => inBatches(insertOutcomes));
  try {
    await put(outcome);
  } catch (cause) {
    void retryInBackground(`the outcome of run ${outcome.history_id} (${outcome.status})`, () =>
      put(outcome),
    );
    throw new AppError('unreachable', 'The statement has run, but its outcome could not be recorded yet.', {
      hint: 'Howdah goes on trying. Until then the history shows the run as running, later as unknown.',
      cause,
    });
  }
}

async function insertIntents(rows: Intent[]): Promise<undefined[]> {
  const column = <K extends keyof Intent>(name: K) => rows.map((row) => row[name]);
  await storePool().query({
    name: 'insert-intents',
    text: `insert into query_history (id, script_id, statement, kind, user_id, username, server_id, server, database,
        level, pid, sql, params, mark, instance_id)
      select *, $15::uuid from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::uuid[], $6::text[],
        $7::uuid[], $8::text[], $9::text[], $10::text[], $11::integer[], $12::text[], $13::jsonb[], $14::bytea[])`,
    values: [
      column('id'),
      column('script_id'),
      column('statement'),
      column('kind'),
      column('user_id'),
      column('username'),
      column('server_id'),
      column('server'),
      column('database'),
      column('level'),
      column('pid'),
      column('sql'),
      column('params').map((params) => (params === null ? null : JSON.stringify(params))),
      rows.map(({ id }) => markOf('query_history', id)),
      instanceId(),
    ],
  });
  return [];
}

async function insertOutcomes(rows: Outcome[]): Promise<undefined[]> {
  const column = <K extends keyof Outcome>(name: K) => rows.map((row) => row[name]);
  await storePool().query({
    name: 'insert-outcomes',
    text: `insert into query_outcome (history_id, status, rows, bytes, duration_ms, sqlstate, message, mark)
      select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::double precision[], $6::text[],
        $7::text[], $8::bytea[])
      on conflict (history_id) do nothing`,
    values: [
      column('history_id'),
      column('status'),
      column('rows'),
      column('bytes'),
      column('duration_ms'),
      column('sqlstate'),
      column('message'),
      rows.map(({ history_id }) => markOf('query_outcome', history_id)),
    ],
  });
  return [];
}
