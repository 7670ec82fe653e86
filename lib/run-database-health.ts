import 'server-only';
import type { Backend, BackendList, Check, DatabaseHealth } from './api-types';
import { AppError } from './errors';
import { listStatements } from './postgres/catalog/statements';
import { listIndexHealth, listTableHealth, readDatabaseFacts } from './postgres/catalog/statistics';
import { queryError } from './postgres/errors';
import { openTarget, withConnection } from './postgres/target';
import { errorLine } from './query-event';
import { readBackends } from './run-activity';
import type { DatabasePlace } from './run-relations';
import type { Actor } from './server';
import { redactSecrets } from './sql/redact';
import { findServer } from './store/servers';

/** How long a statement or a transaction may take before it is listed, in milliseconds. */
const longMs = 5 * 60_000;

/**
 * How a database does: each check by itself, so that one which can't be made only says why. Asked at the read level; the
 * backends as the Activity page shows them. Throws AppError where the database can't be opened.
 */
export async function readDatabaseHealth(actor: Actor, place: DatabasePlace): Promise<DatabaseHealth> {
  const server = await findServer(actor, place.server);
  const checks = await withConnection(openTarget(actor, server, place.database, 'read'), async (client) => ({
    facts: await attempt(() => readDatabaseFacts(client)),
    tables: await attempt(() => listTableHealth(client)),
    indexes: await attempt(() => listIndexHealth(client)),
    statements: await attempt(async () =>
      (await listStatements(client)).map(({ query, ...rest }) => {
        return { ...rest, query: query === null ? null : redactSecrets(query) };
      }),
    ),
  }));
  const sessions = await attempt(async () =>
    keepNotable(await readBackends(actor, place.server), place.database),
  );
  return { ...checks, sessions };
}

function keepNotable(list: BackendList, database: string): BackendList {
  const now = Date.parse(list.at);
  const isLong = ({ state, query_at, transaction_at }: Backend) => {
    const since = state === 'active' ? query_at : transaction_at;
    return since !== null && now - Date.parse(since) > longMs;
  };
  const here = list.items.filter((backend) => backend.database === database);
  const blockers = new Set(here.flatMap(({ blocked_by }) => blocked_by));
  const items = here.filter(
    (backend) => backend.blocked_by.length > 0 || blockers.has(backend.pid) || isLong(backend),
  );
  return { ...list, items };
}

async function attempt<T>(ask: () => Promise<T>): Promise<Check<T>> {
  try {
    return { value: await ask(), why: null };
  } catch (cause) {
    const error = cause instanceof AppError ? cause : queryError(cause).error;
    return { value: null, why: errorLine(error) };
  }
}
