import 'server-only';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import type { Diagnosis, MigrationHistories, MigrationItem } from './api-types';
import { AppError } from './errors';
import { readHistories } from './migrations/read-histories';
import { missingDatabase, openTarget, withConnection } from './postgres/target';
import { listServerDatabases } from './run-catalog';
import type { Actor, Server } from './server';
import { store } from './store/db';
import { migrationNames } from './store/migrate';
import { findServer } from './store/servers';

/** Databases of a server that are read at once: fewer than its budget of connections, so that others get one. */
const atOnce = 3;

/** Databases that the overview of a server reads at most. */
const databaseLimit = 200;

/** How long reading one history may take, in milliseconds. */
const readMs = 5_000;

/** A database with its histories, or with what keeps them from being read. */
export type DatabaseMigrations = { database: string; found: MigrationHistories | Diagnosis };

/**
 * The migration histories of one database, read at the read level. Throws AppError: `not_found` for a database
 * that is not there for the actor, `unreachable` for a server that is not.
 */
export async function listMigrations(
  actor: Actor,
  slug: string,
  database: string,
): Promise<MigrationHistories> {
  const server = await findServer(actor, slug);
  const databases = await listServerDatabases(actor, slug);
  if (!databases.some(({ name }) => name === database)) {
    throw missingDatabase(slug, database);
  }
  return readDatabase(actor, server, database);
}

/**
 * The histories of every database of a server; one that fails says why and harms no other. `more` counts the
 * databases left out. Throws AppError where the databases can't be listed.
 */
export async function listServerMigrations(
  actor: Actor,
  slug: string,
): Promise<{ name: string; databases: DatabaseMigrations[]; more: number }> {
  const server = await findServer(actor, slug);
  const names = (await listServerDatabases(actor, slug)).map(({ name }) => name);
  const read: DatabaseMigrations[] = [];
  const waiting = names.slice(0, databaseLimit).entries();
  const work = async () => {
    for (const [at, database] of waiting) {
      read[at] = { database, found: await readOrDiagnose(actor, server, database) };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { name: server.name, databases: read, more: names.length - read.length };
}

/**
 * The store's own history, through the same reader. Its files are this Howdah's, so that what is pending is
 * known here and nowhere else.
 */
export async function readStoreMigrations(): Promise<MigrationHistories> {
  const { items, more } = await readHistories(store());
  const own = items.filter(({ tool, applied }) => tool === 'kysely' && applied !== null);
  return {
    more,
    items: own.map((history) => {
      const applied = new Set(history.items.map(({ id }) => id));
      const names = [...migrationNames].sort();
      const pending = names
        .filter((name) => !applied.has(name))
        .map((id): MigrationItem => ({ id, name: id, status: 'pending', applied_at: null }));
      const note = `This Howdah knows ${names.length} migrations of its store: ${names.length - pending.length} applied, ${pending.length} pending. It applies them by itself when it starts.`;
      return { ...history, heads: names.slice(-1), items: [...history.items, ...pending], note };
    }),
  };
}

async function readOrDiagnose(
  actor: Actor,
  server: Server,
  database: string,
): Promise<MigrationHistories | Diagnosis> {
  try {
    return await readDatabase(actor, server, database);
  } catch (error) {
    if (!(error instanceof AppError)) console.error(`howdah: migrations of ${database} were not read`, error);
    const isExpected = error instanceof AppError;
    return {
      cause: isExpected ? error.message : 'Howdah failed on this database.',
      fix: (isExpected ? error.hint : undefined) ?? 'Try again.',
    };
  }
}

/** No user's schema is on the search path while a history is read, and no table holds up the page for long. */
async function readDatabase(actor: Actor, server: Server, database: string): Promise<MigrationHistories> {
  return withConnection(openTarget(actor, server, database, 'read'), async (client) => {
    await client.query(`set search_path = ''; set statement_timeout = ${readMs}`);
    const histories = await readHistories(overClient(client));
    await client.query('reset search_path; reset statement_timeout');
    return histories;
  });
}

/** Kysely over a connection that is already borrowed, which stays its borrower's. */
function overClient(client: pg.Client): Kysely<unknown> {
  const borrowed = { query: client.query.bind(client), release: () => undefined } as PostgresPoolClient;
  const pool = { connect: async () => borrowed, end: async () => undefined };
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}
