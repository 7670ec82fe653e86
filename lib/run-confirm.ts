import 'server-only';
import { AppError } from './errors';
import { hasPermission } from './permissions';
import type { RunRequest } from './run-query';
import type { ScriptStatement } from './script';
import type { Actor, Server } from './server';
import { dangerOf, dangerWords } from './sql/danger';

/** Throws AppError `forbidden` or `invalid` where a run at the owner level is not for the actor, or not confirmed. */
export function checkOwner(actor: Actor, request: RunRequest): void {
  if (request.level !== 'owner') return;
  if (!hasPermission(actor.role, 'run-as-owner')) {
    throw new AppError('forbidden', 'Running at the owner level is not for this user role.');
  }
  if (isConfirmed(request)) return;
  throw new AppError('invalid', 'A run at the owner level must be confirmed.', {
    hint: `Send confirm: "${namesOf(request)}".`,
  });
}

/** Throws AppError `invalid` when what is dangerous is for a production server and not confirmed by its names. */
export function checkProduction(server: Server, request: RunRequest, statements: ScriptStatement[]): void {
  if (server.environment !== 'production' || request.level !== 'write' || isConfirmed(request)) return;
  const danger = statements.map(({ text }) => dangerOf(text)).find((found) => found !== null);
  if (danger === undefined) return;
  throw new AppError(
    'invalid',
    `This holds ${dangerWords[danger]}, and ${server.slug} is a production server.`,
    {
      hint: `Read it again, then send confirm: "${namesOf(request)}".`,
    },
  );
}

function isConfirmed(request: RunRequest): boolean {
  return request.confirm === namesOf(request);
}

function namesOf({ server, database }: RunRequest): string {
  return `${server}/${database}`;
}
