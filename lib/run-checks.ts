import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import type { CheckQuery } from './job-types';
import type { JobRun } from './jobs/job-run';
import { readCheck } from './postgres/check-query';
import type { Endpoint } from './postgres/connection';
import { isServerTrouble } from './postgres/server-trouble';
import { openTarget } from './postgres/target';
import { onJobConnection } from './run-restore-archive';
import type { Actor, Server } from './server';
import { deleteCheck, insertCheck, listChecks } from './store/checks';
import type { BackupRow } from './store/schema-backups';
import { findServer } from './store/servers';

export type CheckPlace = { server: string; database: string };

/** The check queries of a database. Throws AppError `not_found` for a server that does not exist for the actor. */
export async function readChecks(actor: Actor, { server, database }: CheckPlace): Promise<CheckQuery[]> {
  return listChecks((await findServer(actor, server)).id, database);
}

/** Adds a query that must answer true in every restored copy of a database, and answers its id. Throws AppError. */
export async function addCheck(
  actor: Actor,
  { server: slug, database, ...check }: CheckPlace & { name: string; sql: string },
): Promise<{ id: string }> {
  const server = await ownedServer(actor, slug);
  const subject = { kind: 'check', name: check.name };
  const event = { action: 'backup.check', subject, server: slug, database } as const;
  return audited(actor, event, () => insertCheck(actor, { server, database, ...check }));
}

/** Removes a check query. Throws AppError `not_found`. */
export async function removeCheck(
  actor: Actor,
  { server: slug, database, id }: CheckPlace & { id: string },
): Promise<void> {
  const server = await ownedServer(actor, slug);
  const event = { action: 'backup.check', subject: { kind: 'check', name: id } } as const;
  const detail = { removed: true };
  await audited(actor, { ...event, server: slug, database, detail }, () =>
    deleteCheck(server.id, database, id),
  );
}

async function ownedServer(actor: Actor, slug: string): Promise<Server> {
  const server = await findServer(actor, slug);
  openTarget(actor, server, server.defaultDatabase, 'owner');
  return server;
}

/** Asks a restored copy every check query of its source and answers how many held: all. Throws AppError `conflict`. */
export async function runChecks(run: JobRun, backup: BackupRow, endpoint: Endpoint): Promise<number> {
  const checks = await listChecks(backup.server_id, backup.database);
  for (const { name, sql } of checks) {
    run.report({ activity: `Asking the check query ${name}` });
    const answer = await onJobConnection(run, endpoint, (client) => readCheck(client, sql)).catch((error) => {
      run.signal.throwIfAborted();
      if (isAnswer(error)) return error.message;
      throw error;
    });
    if (answer !== 't') throw doesNotHold(name, answer);
  }
  return checks.length;
}

/** What PostgreSQL says of a check query counts against it; that the server went away does not. */
function isAnswer(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'query_failed' && !isServerTrouble(error.sqlstate);
}

function doesNotHold(name: string, answer: string | null): AppError {
  return new AppError('conflict', `The check query "${name}" answered ${answer ?? 'nothing'}, not true.`, {
    hint: 'Run it in the source. If it holds there, the backup lacks something.',
  });
}
