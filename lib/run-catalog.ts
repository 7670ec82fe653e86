import 'server-only';
import { z } from 'zod';
import type { DatabaseSummary, Diagnosis, Level, ServerSummary } from './api-types';
import { AppError } from './errors';
import { hasPermission, includesLevel } from './permissions';
import { listDatabases } from './postgres/catalog/databases';
import { missingDatabase, openTarget, withConnection } from './postgres/target';
import { summariseServers } from './run-health';
import { readHistoryEntry } from './run-history';
import type { Actor, Server } from './server';
import { storeIdentity } from './store/identity';
import { findServer } from './store/servers';

/** A server with its databases, or with what keeps them from being listed. */
export type ServerGlance = { server: ServerSummary; databases: DatabaseSummary[] | Diagnosis };

/** The databases of a server that the read level may connect to; never the store. Throws AppError. */
export async function listServerDatabases(actor: Actor, slug: string): Promise<DatabaseSummary[]> {
  const server = await findServer(actor, slug);
  const identity = await storeIdentity();
  return withConnection(openTarget(actor, server, server.defaultDatabase, 'read'), (client) =>
    listDatabases(client, identity),
  );
}

/** Every server of the actor with its databases; one that fails says why and harms no other. */
export async function glanceAtServers(actor: Actor): Promise<ServerGlance[]> {
  const servers = await summariseServers(actor);
  return Promise.all(
    servers.map(async (server) => ({ server, databases: await databasesOrDiagnosis(actor, server.slug) })),
  );
}

/** One server with its databases. Throws AppError `not_found`. */
export async function glanceAtServer(actor: Actor, slug: string): Promise<ServerGlance> {
  const { name } = await findServer(actor, slug);
  const server = (await summariseServers(actor)).find((summary) => summary.slug === slug);
  if (server === undefined) throw new AppError('not_found', `There is no server "${name}" for you.`);
  return { server, databases: await databasesOrDiagnosis(actor, slug) };
}

async function databasesOrDiagnosis(actor: Actor, slug: string): Promise<DatabaseSummary[] | Diagnosis> {
  try {
    return await listServerDatabases(actor, slug);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { cause: error.message, fix: error.hint ?? 'Try again.' };
  }
}

/** The text that an editor opens with, never runs: `sql` itself, or that of the run that `history` names. */
export const deskText = z.object({ history: z.string().optional(), sql: z.string().optional() });

export type DeskText = z.output<typeof deskText>;

/**
 * What the SQL page of a database needs.
 * Throws AppError: `not_found` for a database that is not there, `unreachable` for a server that is not.
 */
export async function openDesk(actor: Actor, slug: string, database: string, text: DeskText) {
  const server = await findServer(actor, slug);
  const databases = await listServerDatabases(actor, slug);
  if (!databases.some(({ name }) => name === database)) {
    throw missingDatabase(slug, database);
  }
  return {
    server: slug,
    database,
    environment: server.environment,
    levels: levelsOf(actor, server),
    initialSql: await initialText(actor, text),
  };
}

async function initialText(actor: Actor, { history, sql }: DeskText): Promise<string | undefined> {
  return history === undefined ? sql : (await readHistoryEntry(actor, history)).sql;
}

function levelsOf({ role }: Actor, server: Server): Level[] {
  return (['read', 'write', 'owner'] as const).filter(
    (level) =>
      includesLevel(server.level, level) &&
      server.login(level) !== null &&
      (level !== 'owner' || hasPermission(role, 'run-as-owner')),
  );
}
