import 'server-only';
import pg from 'pg';
import type { Level } from '../api-types';
import { AppError } from '../errors';
import { includesLevel } from '../permissions';
import type { Actor, Server } from '../server';
import { singleton } from '../singleton';
import { learnBackend } from './backend';
import { type Budget, createBudget, type Lease, type Use } from './budget';
import { createClient, type Endpoint } from './connection';
import { unreachable } from './diagnose';
import { queryError } from './errors';
import { isUnfinishedName } from './unfinished-database';

/** A handle to one database of a server, opened for an actor at a level. */
export type Target = {
  server: Server;
  database: string;
  level: Level;
  /** Where and as whom it connects, decrypted when asked for. */
  endpoint(): Endpoint;
  /** Borrows a connection from the level's budget. */
  acquire(use: Use): Promise<Lease>;
};

const waitMs = 5_000;
const idleMs = 30_000;

/**
 * Opens a database of a server for an actor at a level. This is the first wall; the second is that each level
 * is a login role of its own. Throws AppError: `forbidden` above the actor's level, `not_found` for Howdah's own
 * store and for what a restore still fills; connecting throws `not_found` where the database or the level does not
 * exist on this server.
 */
export function openTarget(actor: Actor, server: Server, database: string, level: Level): Target {
  if (!includesLevel(server.level, level)) {
    throw new AppError(
      'forbidden',
      `${actor.username} may work on ${server.slug} at the ${server.level} level.`,
      {
        hint: `An admin can grant the ${level} level in the server's settings.`,
      },
    );
  }
  if (database === server.storeDatabase || isUnfinishedName(database)) {
    throw missingDatabase(server.slug, database);
  }
  const endpoint = () => endpointOf(server, database, level);
  const acquire = async (use: Use) => {
    // The budget is everybody's: what it says may not be for this actor.
    if (server.whyClosed(level) !== null) throw closedLevel(server, level);
    return budgetOf(server, level).acquire(database, use);
  };
  return { server, database, level, endpoint, acquire };
}

/** The error for a database that is not there, or not any more, or not for the actor. */
export function missingDatabase(server: string, database: string, cause?: AppError): AppError {
  return new AppError('not_found', `There is no database "${database}" for you on ${server}.`, {
    hint: 'It may have been dropped or renamed, or your level may not connect to it. Choose another one.',
    sqlstate: cause?.sqlstate,
    cause,
  });
}

/** Throws AppError `not_found` where the level does not exist on the server. */
function endpointOf(server: Server, database: string, level: Level): Endpoint {
  const login = server.login(level);
  if (login !== null) return { host: server.host, port: server.port, tls: server.tls, login, database };
  throw closedLevel(server, level);
}

function closedLevel(server: Server, level: Level): AppError {
  return new AppError('not_found', `The ${level} level does not exist on ${server.slug}.`, {
    hint: server.whyClosed(level) ?? 'Enrol the server with a role for it.',
  });
}

/** One budget a server and level in this process. A changed login or address starts a new one. */
function budgetOf(server: Server, level: Level): Budget {
  const budgets = singleton(
    'postgres.budgets',
    () => new Map<string, { budget: Budget; fingerprint: string }>(),
  );
  const key = `${server.id}:${level}`;
  const fingerprint = server.fingerprint(level);
  const known = budgets.get(key);
  if (known?.fingerprint === fingerprint) return known.budget;
  known?.budget.close();
  const budget = createBudget({
    limit: server.connectionBudget,
    waitMs,
    idleMs,
    connect: (database, use) => connectTo(server, database, level, use),
  });
  budgets.set(key, { budget, fingerprint });
  return budget;
}

async function connectTo(server: Server, database: string, level: Level, use: Use): Promise<pg.Client> {
  const endpoint = { ...endpointOf(server, database, level), use };
  try {
    const client = await connect(endpoint);
    if (use === 'runs') await learnBackend(client).catch((error) => giveUp(client, error));
    return client;
  } catch (error) {
    const isMissing = error instanceof AppError && error.sqlstate === '3D000';
    throw isMissing ? missingDatabase(server.slug, database, error) : error;
  }
}

async function giveUp(client: pg.Client, error: unknown): Promise<never> {
  await client.end().catch(() => undefined);
  throw queryError(error).error;
}

/** Connects, or throws AppError `unreachable` with the cause and the fix. */
export async function connect(endpoint: Endpoint): Promise<pg.Client> {
  const client = createClient(endpoint);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw await unreachable(error, endpoint);
  }
}

/** Runs `work` on a connection of its own, which ends with it. Throws AppError `unreachable`, and what the work throws. */
export async function withClient<T>(endpoint: Endpoint, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(endpoint);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Runs our own catalogue SQL on a connection of the target's budget that no statement of a person has used, so that it
 * may prepare it. A failure closes the connection, and what PostgreSQL says becomes an AppError.
 */
export async function withConnection<T>(target: Target, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const lease = await target.acquire('catalog');
  try {
    const result = await work(lease.client);
    lease.release();
    return result;
  } catch (error) {
    const isLost = lease.client.connection.stream.destroyed;
    lease.destroy();
    throw isLost || error instanceof pg.DatabaseError ? queryError(error).error : error;
  }
}

/**
 * Runs `work` on a connection of its own beside the budget: for cancelling, health and catalogue look-ups that
 * must work while all connections are busy. The role's connection limit leaves two for this.
 */
export async function withControlConnection<T>(
  target: Target,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return withClient(target.endpoint(), work);
}
