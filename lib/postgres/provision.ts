import 'server-only';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { AppError } from '../errors';
import type { Login } from '../server';
import { quoteIdentifier, quoteLiteral } from '../sql/literal';
import { listDatabases, readSystemIdentifier, type StoreIdentity } from './catalog/databases';
import type { Endpoint } from './connection';
import { scramVerifier } from './scram';
import { connect } from './target';

type SharedLevel = 'read' | 'write';

/** How many Howdah processes may use a server at once, for the roles' connection limit. */
const maxInstances = 2;

const privileges = {
  read: { tables: 'select', sequences: 'select' },
  write: { tables: 'select, insert, update, delete', sequences: 'select, usage' },
} as const satisfies Record<SharedLevel, object>;

const settings = {
  read: { default_transaction_read_only: 'on', temp_file_limit: '1GB' },
  write: { default_transaction_read_only: 'off' },
} as const satisfies Record<SharedLevel, Record<string, string>>;

/** The names of the login roles of both levels. */
export type SharedLogins = { [level in SharedLevel]: Pick<Login, 'user'> };

export type Provisioned = {
  logins: { [level in SharedLevel]: Login };
  systemIdentifier: string;
  /** What could not be done and why; the levels work without it. */
  problems: string[];
};

/**
 * Makes the login roles `howdah_read` and `howdah_write` on a server and grants them its databases, schema by
 * schema, as the role of `endpoint`. Idempotent; each call sets new passwords. Throws AppError when a role can't
 * be made or a database can't be reached; what a database's owner refuses is a problem in the answer.
 */
export async function provision(
  endpoint: Endpoint,
  budget: number,
  store: StoreIdentity,
): Promise<Provisioned> {
  const client = await connect(endpoint);
  try {
    const problems: string[] = [];
    const logins = { read: newLogin('read'), write: newLogin('write') };
    for (const level of ['read', 'write'] as const) {
      await putRole(client, logins[level], budget);
      problems.push(...(await setUpRole(client, logins[level].user, level)));
    }
    for (const { name } of await listDatabases(client, store)) {
      problems.push(...(await grantDatabase({ ...endpoint, database: name }, logins)));
    }
    return { logins, systemIdentifier: await readSystemIdentifier(client), problems };
  } finally {
    await client.end();
  }
}

function newLogin(level: SharedLevel): Login {
  return { user: `howdah_${level}`, password: randomBytes(24).toString('base64url') };
}

async function putRole(client: pg.Client, { user, password }: Login, budget: number): Promise<void> {
  const known = await client.query('select 1 from pg_catalog.pg_roles where rolname = $1', [user]);
  const verb = known.rowCount === 0 ? 'create' : 'alter';
  try {
    await client.query(
      `${verb} role ${quoteIdentifier(user)} login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls
        connection limit ${budget * maxInstances + 2} password ${quoteLiteral(scramVerifier(password))}`,
    );
  } catch (cause) {
    throw new AppError('forbidden', `The role ${user} could not be made on this server.`, {
      hint: 'Enrol the server as a superuser or a role with CREATEROLE.',
      cause,
    });
  }
}

async function setUpRole(client: pg.Client, user: string, level: SharedLevel): Promise<string[]> {
  const wanted = { ...settings[level], lock_timeout: '2s', client_connection_check_interval: '2s' };
  return attempt(
    client,
    Object.entries(wanted).map(
      ([name, value]) => `alter role ${quoteIdentifier(user)} set ${name} = ${quoteLiteral(value)}`,
    ),
  );
}

/**
 * Grants both levels what they may do in the database of `endpoint`, on every schema that is not the system's. Answers
 * what its owner refuses.
 */
export async function grantDatabase(endpoint: Endpoint, logins: SharedLogins): Promise<string[]> {
  const client = await connect(endpoint);
  try {
    const { rows } = await client.query<{ name: string }>(
      `select nspname as name from pg_catalog.pg_namespace
        where nspname !~ '^pg_' and nspname <> 'information_schema' order by nspname`,
    );
    const schemas = rows.map((row) => row.name);
    const problems = await attempt(client, grantsOf('read', endpoint.database, schemas, logins));
    return [...problems, ...(await attempt(client, grantsOf('write', endpoint.database, schemas, logins)))];
  } finally {
    await client.end();
  }
}

function grantsOf(level: SharedLevel, database: string, schemas: string[], logins: SharedLogins): string[] {
  const role = quoteIdentifier(logins[level].user);
  const { tables, sequences } = privileges[level];
  const perSchema = schemas
    .map(quoteIdentifier)
    .flatMap((schema) => [
      `grant usage on schema ${schema} to ${role}`,
      `grant ${tables} on all tables in schema ${schema} to ${role}`,
      `grant ${sequences} on all sequences in schema ${schema} to ${role}`,
    ]);
  return [`grant connect on database ${quoteIdentifier(database)} to ${role}`, ...perSchema];
}

async function attempt(client: pg.Client, statements: string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const statement of statements) {
    await client.query(statement).catch((error: Error) => problems.push(`${statement}: ${error.message}`));
  }
  return problems;
}
