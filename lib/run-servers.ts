import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import type { ConnectionUse, ServerSettings, ServerTrial } from './operations-types';
import { listDatabases, readSystemIdentifier } from './postgres/catalog/databases';
import { describeLogin } from './postgres/catalog/trial';
import type { Endpoint } from './postgres/connection';
import { inWords } from './postgres/errors';
import { defaultRoles } from './postgres/provision';
import { countConnections, dropRoles, limitRoles } from './postgres/role-changes';
import { openTarget, withClient, withControlConnection } from './postgres/target';
import { endpointOfUrl, enrolServer, type ServerAccess } from './run-enrol';
import type { Actor, Server } from './server';
import { connectionUrl } from './sql/connection-text';
import { storeIdentity } from './store/identity';
import type { ServerRow } from './store/schema';
import { findServerRow, listSlugsOf, retireServer, updateSettings } from './store/server-settings';
import { findServer, findServerToKeep, listServers } from './store/servers';
import { findWall, listChoices } from './store/walls';
import type { ServerChange } from './wall-schema';

/** The actor's servers with their settings. */
export async function listServerSettings(actor: Actor): Promise<ServerSettings[]> {
  const servers = await listServers(actor);
  return Promise.all(servers.map(async ({ slug }) => describeSettings(await findServerRow(actor, slug))));
}

/** The settings of one server. Throws AppError `not_found`. */
export async function readServerSettings(actor: Actor, slug: string): Promise<ServerSettings> {
  return describeSettings(await findServerRow(actor, slug));
}

async function describeSettings(row: ServerRow): Promise<ServerSettings> {
  const { levels, steps } = await findWall(row.id);
  return {
    slug: row.slug,
    name: row.name,
    environment: row.environment,
    host: row.host,
    port: row.port,
    default_database: row.default_database,
    tls_mode: row.tls_mode,
    has_ca: row.tls_ca !== null,
    roles: { owner: row.owner_user, read: row.read_user, write: row.write_user },
    connection_budget: row.connection_budget,
    read_timeout_ms: row.read_timeout_ms,
    write_timeout_ms: row.write_timeout_ms,
    levels,
    steps,
    created_at: row.created_at.toISOString(),
  };
}

/** Connects where a URL leads and says what the role may do there, or what is wrong. Throws AppError for a URL that is not taken. */
export async function tryServer(actor: Actor, url: string, ca: string | null): Promise<ServerTrial> {
  const endpoint = endpointOfUrl(url, ca);
  try {
    return await withClient(endpoint, async (client) => {
      const login = await describeLogin(client);
      const databases = await listDatabases(client, await storeIdentity());
      const same_as = await listSlugsOf(actor, await readSystemIdentifier(client));
      return {
        ok: true,
        ...login,
        databases: databases.map(({ name }) => name),
        same_as,
        note: noteOn(endpoint, login.tls),
      };
    });
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') throw error;
    const fix = error instanceof AppError ? error.hint : undefined;
    const cause = error instanceof AppError ? error.message : inWords(error);
    return { ok: false, cause, fix: fix ?? 'The log of the PostgreSQL server has more.' };
  }
}

function noteOn({ tls: { mode } }: Endpoint, tls: string | null): string | null {
  if (tls === null) return 'The connection is not encrypted.';
  return mode === 'require' ? 'It is encrypted, but whose certificate it is was not checked.' : null;
}

/** How many connections Howdah's roles hold on a server now. Throws AppError. */
export async function readConnectionUse(actor: Actor, slug: string): Promise<ConnectionUse[]> {
  const server = await findServer(actor, slug);
  const level = server.login('read') === null ? 'owner' : 'read';
  const roles = (['read', 'write', 'owner'] as const).flatMap((each) => server.login(each)?.user ?? []);
  return withControlConnection(openTarget(actor, server, server.defaultDatabase, level), (client) =>
    countConnections(client, roles),
  );
}

/**
 * Changes a server: its name, environment and limits at once, and where it is or who logs in by enrolling it again, with
 * what was chosen. Throws AppError; what is not reachable changes nothing.
 */
export async function changeServer(
  actor: Actor,
  slug: string,
  change: ServerChange,
): Promise<ServerSettings> {
  const row = await findServerRow(actor, slug);
  const event = {
    action: change.access === undefined ? 'server.update' : 'server.change-credentials',
    subject: { kind: 'server', name: slug },
    server: slug,
    detail: definedOnly(change.settings),
  } as const;
  await audited(actor, event, () => applyChange(row, change));
  return readServerSettings(actor, slug);
}

async function applyChange(row: ServerRow, { access, ca, settings }: ServerChange): Promise<void> {
  if (access !== undefined) await enrolAgain(row, { ...settings, access, ca: ca ?? row.tls_ca });
  const budget = settings.connection_budget;
  const server = await toKeep(row);
  const owner = server.login('owner');
  if (budget !== undefined && budget !== row.connection_budget && owner !== null) {
    await limitRoles(endpointAt(server, owner), rolesOf(server), budget).catch((cause: Error) => {
      throw new AppError('conflict', `PostgreSQL did not take the new limit: ${inWords(cause)}`, {
        hint: 'Nothing was changed. Let a role with CREATEROLE own the server here, or leave the limit as it is.',
        cause,
      });
    });
  }
  await updateSettings(row.id, definedOnly(settings));
}

function definedOnly<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Makes the roles of the levels again, with new passwords, and tries the wall. Throws AppError `conflict` without an owner. */
export async function renewRoles(actor: Actor, slug: string): Promise<ServerSettings> {
  const row = await findServerRow(actor, slug);
  const server = await toKeep(row);
  const owner = server.login('owner');
  if (owner === null) {
    throw new AppError('conflict', `Howdah has no role on ${slug} that makes roles.`, {
      hint: 'Let its DBA run a new script, and give the two logins under Connection.',
    });
  }
  const event = { action: 'server.change-credentials', subject: { kind: 'server', name: slug } } as const;
  await audited(actor, { ...event, server: slug, detail: { what: 'roles made again' } }, () =>
    enrolAgain(row, { access: { url: urlOf(server, owner) }, ca: row.tls_ca }),
  );
  return readServerSettings(actor, slug);
}

type Again = {
  name?: string;
  environment?: ServerRow['environment'];
  access: ServerAccess;
  ca: string | null;
};

async function enrolAgain(row: ServerRow, { name, environment, access, ca }: Again): Promise<void> {
  const roles = {
    read: row.read_user ?? defaultRoles.read,
    write: row.write_user ?? defaultRoles.write,
  };
  await enrolServer({
    slug: row.slug,
    name: name ?? row.name,
    environment: environment ?? row.environment,
    choices: await listChoices(row.id),
    ca,
    roles,
    ...access,
  });
}

/**
 * Removes a server from Howdah. With `dropsRoles` its owner first takes back every grant and drops the roles of the levels:
 * then the server is only removed when that went well. Throws AppError.
 */
export async function removeServer(
  actor: Actor,
  slug: string,
  { confirm, dropsRoles }: { confirm: string; dropsRoles: boolean },
): Promise<void> {
  if (confirm !== slug) {
    throw new AppError('invalid', 'Removing a server must be confirmed by its name.', {
      hint: `Send confirm=${slug}.`,
    });
  }
  const row = await findServerRow(actor, slug);
  const event = { action: 'server.remove', subject: { kind: 'server', name: slug }, server: slug } as const;
  await audited(actor, { ...event, detail: { drops_roles: dropsRoles } }, async () => {
    if (dropsRoles) await dropRolesOf(await toKeep(row));
    await retireServer(row);
  });
}

async function dropRolesOf(server: Server): Promise<void> {
  const owner = server.login('owner');
  if (owner === null) {
    throw new AppError('conflict', 'Howdah has no role on this server that could drop the others.', {
      hint: 'Remove it without dropping them, and let its DBA drop them.',
    });
  }
  const endpoint = endpointAt(server, owner);
  const identity = await storeIdentity();
  const databases = await withClient(endpoint, (client) => listDatabases(client, identity));
  const problems = await dropRoles(
    endpoint,
    rolesOf(server),
    databases.map(({ name }) => name),
  );
  if (problems.length === 0) return;
  throw new AppError(
    'conflict',
    `The roles were not all dropped, so the server stays: ${problems.join('; ')}`,
    {
      hint: 'See to what PostgreSQL says, or remove the server and leave the roles.',
    },
  );
}

async function toKeep(row: ServerRow): Promise<Server> {
  const server = await findServerToKeep(row.id);
  if (server === null) throw new AppError('not_found', 'This server is not enrolled any more.');
  return server;
}

function rolesOf(server: Server) {
  return { read: server.login('read')?.user ?? null, write: server.login('write')?.user ?? null };
}

function endpointAt({ host, port, tls, defaultDatabase }: Server, login: Endpoint['login']): Endpoint {
  return { host, port, tls, login, database: defaultDatabase };
}

function urlOf({ host, port, tls, defaultDatabase }: Server, login: Endpoint['login']): string {
  return connectionUrl({ host, port: String(port), database: defaultDatabase, ...login, sslmode: tls.mode });
}
