import 'server-only';
import { AppError } from '../errors';
import { queryError } from './errors';
import { type Target, withControlConnection } from './target';

/** A server process and when it began, which tells it from a later one with the same pid. */
export type BackendKey = { pid: number; startedAt: string };

const functions = { cancel: 'pg_cancel_backend', terminate: 'pg_terminate_backend' } as const;

/**
 * Cancels what a client's backend does, or ends it, as the target's role. Answers whether it was still there. Throws
 * AppError `query_failed` where PostgreSQL does not let the role.
 */
export async function signalBackend(
  target: Target,
  { pid, startedAt }: BackendKey,
  action: keyof typeof functions,
): Promise<boolean> {
  return withControlConnection(target, async (client) => {
    const { rowCount } = await client
      .query(
        `select pg_catalog.${functions[action]}(a.pid) from pg_catalog.pg_stat_activity a
          where a.pid = $1 and a.backend_start = $2::pg_catalog.timestamptz
            and a.backend_type = 'client backend' and a.pid <> pg_catalog.pg_backend_pid()`,
        [pid, startedAt],
      )
      .catch((cause) => {
        throw refused(cause);
      });
    return (rowCount ?? 0) > 0;
  });
}

function refused(cause: unknown): AppError {
  const { error } = queryError(cause);
  if (error.sqlstate !== '42501') return error;
  return new AppError('query_failed', error.message, {
    sqlstate: error.sqlstate,
    hint: 'The owner of this server in Howdah is no superuser: it may signal its own roles, or all with pg_signal_backend.',
    cause,
  });
}
