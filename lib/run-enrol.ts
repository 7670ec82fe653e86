import 'server-only';
import type { Environment, Level, UserRole } from './api-types';
import { provision } from './postgres/provision';
import { parseServerUrl } from './postgres/url';
import { storeIdentity } from './store/identity';
import { grantAccess, putServer } from './store/servers';
import { putUser } from './store/users';

const defaultBudget = 5;

/** A server to enrol: where it is and a role that may make roles there. */
export type NewServer = {
  slug: string;
  name: string;
  environment: Environment;
  url: string;
};

/**
 * Enrols a server: makes its login roles and grants, and stores it, credentials encrypted. Again for a known
 * slug it renews both. Returns the server's id and what could not be granted. Throws AppError.
 */
export async function enrolServer(server: NewServer): Promise<{ id: string; problems: string[] }> {
  const endpoint = parseServerUrl(server.url);
  const { logins, systemIdentifier, problems } = await provision(
    endpoint,
    defaultBudget,
    await storeIdentity(),
  );
  const id = await putServer({
    slug: server.slug,
    name: server.name,
    environment: server.environment,
    host: endpoint.host,
    port: endpoint.port,
    tls: endpoint.tls,
    defaultDatabase: endpoint.database,
    logins: { ...logins, owner: endpoint.login },
    systemIdentifier,
  });
  return { id, problems };
}

const demoUsers = [
  ['admin', 'owner'],
  ['developer', 'write'],
  ['reviewer', 'read'],
] as const satisfies readonly (readonly [UserRole, Level])[];

/** The demo's three accounts and its server, made or renewed. `serverUrl` belongs to a superuser. */
export async function seedDemo({
  password,
  serverUrl,
}: {
  password: string;
  serverUrl: string;
}): Promise<void> {
  const { id, problems } = await enrolServer({
    slug: 'demo',
    name: 'Demo',
    environment: 'development',
    url: serverUrl,
  });
  for (const [role, level] of demoUsers) {
    await grantAccess(await putUser({ username: role, role, password }), id, level);
  }
  for (const problem of problems) console.warn(`howdah: not granted on demo: ${problem}`);
}
