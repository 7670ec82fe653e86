import 'server-only';
import { AppError } from './errors';
import { adviseOnDenied } from './run-denied';
import { type RunEvent, type RunRequest, type Script, startScript } from './run-query';
import type { Actor } from './server';
import { dangerOf, dangerWords } from './sql/danger';
import { splitStatements } from './sql/split';
import { findServer } from './store/servers';

/**
 * startScript() with its guards: on a production server what is dangerous must be confirmed by the names of server and
 * database, and what PostgreSQL denies is explained: masked columns are named, and the others offered. Throws AppError.
 */
export async function startGuardedScript(
  actor: Actor,
  request: RunRequest,
  signal: AbortSignal,
): Promise<Script> {
  await requireNames(actor, request);
  const { id, events } = await startScript(actor, request, signal);
  return { id, events: explainDenied(actor, request, events) };
}

/** Throws AppError `invalid` when a dangerous statement for a production server is not confirmed. */
async function requireNames(
  actor: Actor,
  { level, server, database, sql, confirm }: RunRequest,
): Promise<void> {
  if (level !== 'write' || confirm === `${server}/${database}`) return;
  const danger = splitStatements(sql)
    .map(({ text }) => dangerOf(text))
    .find((found) => found !== null);
  if (danger === undefined || (await findServer(actor, server)).environment !== 'production') return;
  throw new AppError('invalid', `This holds ${dangerWords[danger]}, and ${server} is a production server.`, {
    hint: `Read it again, then send confirm: "${server}/${database}".`,
  });
}

async function* explainDenied(
  actor: Actor,
  request: RunRequest,
  events: Script['events'],
): AsyncGenerator<RunEvent, void, undefined> {
  let statement = 1;
  for await (const event of events) {
    if (event.type === 'start') statement = event.statement;
    if (event.type !== 'error' || event.error.sqlstate !== '42501') yield event;
    else {
      const text = splitStatements(request.sql)[statement - 1]?.text ?? '';
      yield { type: 'error', error: await adviseOnDenied(actor, request, text, event.error) };
    }
  }
}
