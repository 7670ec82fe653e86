import 'server-only';
import type { Environment, Level, UserRole } from './api-types';
import { audited, systemDoer } from './audited';
import { AppError } from './errors';
import { listDatabases, readSystemIdentifier } from './postgres/catalog/databases';
import { listSchemaGrants } from './postgres/catalog/grants';
import { readCertificates } from './postgres/certificate';
import type { Endpoint } from './postgres/connection';
import { logIn, type Provisioned, provision, type RoleNames } from './postgres/provision';
import { withClient } from './postgres/target';
import { parseServerUrl } from './postgres/url';
import { refreshWall } from './run-wall';
import { storeIdentity } from './store/identity';
import { findBudget, grantAccess, putServer } from './store/servers';
import { putUser } from './store/users';
import { listChoices, putChoice, putSteps } from './store/walls';
import type { DatabaseChoice, EnrolProgress, LevelReport, StepResult } from './wall-types';

/**
 * How Howdah gets at a server: by the URL of a superuser, or of an owner with CREATEROLE, who makes the roles; or by
 * the URLs of a reader and a writer that a DBA made from the script.
 */
export type ServerAccess = { url: string } | { readUrl: string; writeUrl: string | null };

/** A server to enrol. */
export type NewServer = {
  slug: string;
  name: string;
  environment: Environment;
  /** What the levels may reach; without it every schema that there is now, of every database, with what was masked before. */
  choices?: DatabaseChoice[];
  /** The certificates of the authority that signed the server's, in PEM form. */
  ca?: string | null;
  /** What the roles of the levels are to be called, where Howdah makes them. */
  roles?: RoleNames;
} & ServerAccess;

/** What came of an enrolment: the server's id, the verdict on each level, and what could not be done. */
export type Enrolled = { id: string; levels: LevelReport[]; problems: string[] };

/**
 * Enrols a server: makes its login roles where it may, grants what was chosen, tries the wall as these roles, and stores
 * it all, credentials encrypted. A level that can't be had does not exist there. Again for a known slug it renews all of
 * it. `tell` is told how far it is. Throws AppError when the server can't be reached.
 */
export async function enrolServer(
  server: NewServer,
  tell: (progress: EnrolProgress) => void = () => undefined,
): Promise<Enrolled> {
  const endpoint = endpointOfUrl('url' in server ? server.url : server.readUrl, server.ca);
  const onStep = (step: StepResult) => tell({ type: 'step', step });
  const { logins, systemIdentifier, steps } =
    'url' in server
      ? await provision(endpoint, { budget: await findBudget(server.slug), names: server.roles, onStep })
      : await adopt(endpoint, server.writeUrl, onStep);
  const id = await putServer({
    slug: server.slug,
    name: server.name,
    environment: server.environment,
    host: endpoint.host,
    port: endpoint.port,
    tls: endpoint.tls,
    defaultDatabase: endpoint.database,
    logins: { ...logins, owner: 'url' in server ? endpoint.login : null },
    systemIdentifier,
  });
  await putSteps(id, steps);
  for (const choice of server.choices ?? (await chooseAll(id, endpoint))) await putChoice(id, choice);
  const { grants, levels } = await refreshWall(id, (what) => tell({ type: 'doing', what }));
  const refused = steps.filter(({ status }) => status === 'failed');
  return {
    id,
    levels,
    problems: [
      ...refused.map(({ title, message }) => `${title}: ${message}`),
      ...grants.flatMap(({ database, problems }) => problems.map((problem) => `${database}: ${problem}`)),
    ],
  };
}

/** Where a URL leads, its certificate checked against `ca`. Throws AppError `invalid`. */
export function endpointOfUrl(url: string, ca: string | null = null): Endpoint {
  const endpoint = parseServerUrl(url);
  return { ...endpoint, tls: { ...endpoint.tls, ca: ca === null ? null : readCertificates(ca) } };
}

/** Takes the roles that a DBA made. Both must lead to the same server. Throws AppError. */
async function adopt(
  reader: Endpoint,
  writeUrl: string | null,
  onStep: (step: StepResult) => void,
): Promise<Provisioned> {
  const writer = writeUrl === null ? null : { ...parseServerUrl(writeUrl), tls: reader.tls };
  if (writer !== null && (writer.host !== reader.host || writer.port !== reader.port)) {
    throw new AppError('invalid', 'The two URLs lead to different servers.', {
      hint: 'Give the reader and the writer of one server.',
    });
  }
  return withClient(reader, async (client) => {
    const steps = [await logIn(reader, 'read', reader.login)];
    if (writer !== null) steps.push(await logIn(writer, 'write', writer.login));
    for (const step of steps) onStep(step);
    const isIn = steps.every(({ status }) => status === 'done');
    const logins = { read: reader.login, write: writer !== null && isIn ? writer.login : null };
    return { logins, systemIdentifier: await readSystemIdentifier(client), steps };
  });
}

/** Every schema of every database that is there now; masks stay. */
async function chooseAll(serverId: string, endpoint: Endpoint): Promise<DatabaseChoice[]> {
  const known = await listChoices(serverId);
  return withClient(endpoint, async (client) => {
    const databases = await listDatabases(client, await storeIdentity());
    return Promise.all(
      databases.map(async ({ name }) => ({
        database: name,
        schemas: await listSchemaNames({ ...endpoint, database: name }),
        masks: known.find(({ database }) => database === name)?.masks ?? [],
      })),
    );
  });
}

async function listSchemaNames(endpoint: Endpoint): Promise<string[]> {
  const grants = await withClient(endpoint, (client) => listSchemaGrants(client, []));
  return grants.map(({ name }) => name);
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
  const demo = { slug: 'demo', name: 'Demo', environment: 'development', url: serverUrl } as const;
  const doer = systemDoer('console');
  const subject = { kind: 'server', name: 'demo' };
  const { id, problems } = await audited(doer, { action: 'server.enrol', subject, server: 'demo' }, () =>
    enrolServer(demo),
  );
  for (const [role, level] of demoUsers) {
    const event = {
      action: 'user.create',
      subject: { kind: 'user', name: role },
      detail: { role, level },
    } as const;
    await audited(doer, event, async () =>
      grantAccess(await putUser({ username: role, role, password }), id, level),
    );
  }
  for (const problem of problems) console.warn(`howdah: not granted on demo: ${problem}`);
}
