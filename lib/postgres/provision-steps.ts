import 'server-only';
import type { Login } from '../server';
import { quoteIdentifier, quoteLiteral } from '../sql/literal';
import type { DatabaseChoice, SharedLevel } from '../wall-types';
import { scramVerifier } from './scram';

/** One step of provisioning: what it sends, and what to do when PostgreSQL refuses it. */
export type Step = {
  title: string;
  isRequired: boolean;
  level: SharedLevel;
  statements: string[];
  fix: string;
};

/** The attributes that a role of Howdah's must not have, and whether it has them. */
export type RoleFacts = Record<
  'superuser' | 'createdb' | 'createrole' | 'replication' | 'bypassrls',
  boolean
>;

/** How many Howdah processes may use a server at once, for the roles' connection limit. */
const maxInstances = 2;

/** Connections that a level's role may hold: the budget of every instance, and two for cancelling and health. */
export function connectionLimit(budget: number): number {
  return budget * maxInstances + 2;
}

/** Limits on the role itself. The app sets closer ones; these hold whoever else gets hold of the login. */
const limits: Record<SharedLevel, Record<string, string>> = {
  read: {
    default_transaction_read_only: 'on',
    statement_timeout: '60s',
    lock_timeout: '2s',
    idle_in_transaction_session_timeout: '10s',
    idle_session_timeout: '10min',
    client_connection_check_interval: '2s',
    temp_file_limit: '1GB',
  },
  write: {
    default_transaction_read_only: 'off',
    statement_timeout: '10min',
    lock_timeout: '2s',
    idle_in_transaction_session_timeout: '10s',
    idle_session_timeout: '10min',
    client_connection_check_interval: '2s',
  },
};

/**
 * CREATE ROLE, or ALTER ROLE for one that is there. Only attributes that it has too many are taken: whoever is no
 * superuser may not even say NOSUPERUSER of a role that exists. The password goes as its SCRAM verifier.
 */
export function roleStatement({ user, password }: Login, known: RoleFacts | null, budget: number): string {
  const attributes =
    known === null
      ? 'nosuperuser nocreatedb nocreaterole noreplication nobypassrls'
      : Object.entries(known)
          .flatMap(([attribute, has]) => (has ? [`no${attribute}`] : []))
          .join(' ');
  return [
    `${known === null ? 'create' : 'alter'} role ${quoteIdentifier(user)} login noinherit`,
    attributes,
    `connection limit ${connectionLimit(budget)} password ${quoteLiteral(scramVerifier(password))}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The limits of a level's role, each a step: only that the read level begins every transaction read-only is required. */
export function limitSteps(level: SharedLevel, user: string): Step[] {
  return Object.entries(limits[level]).map(([name, value]) => ({
    title: `Set ${name} = ${value} on ${user}`,
    isRequired: name === 'default_transaction_read_only',
    level,
    statements: [`alter role ${quoteIdentifier(user)} set ${name} = ${quoteLiteral(value)}`],
    fix:
      name === 'temp_file_limit'
        ? 'Only a superuser may set it. Without it a sort may fill the disk of the server.'
        : 'The levels work without it; Howdah sets its own limits.',
  }));
}

/**
 * The same as one script for psql, for a DBA who lets nobody else make roles: both roles and, by database, what is
 * chosen now. It holds verifiers and no password. What it can't know before it is run (views of masked columns, tables
 * that are made later) is in the script that listMissingGrants() answers once the server is enrolled.
 */
export function provisionScript(
  logins: { [level in SharedLevel]: Login },
  budget: number,
  choices: DatabaseChoice[],
): string {
  const roles = (['read', 'write'] as const).flatMap((level) => [
    roleStatement(logins[level], null, budget),
    ...limitSteps(level, logins[level].user).flatMap(({ statements }) => statements),
  ]);
  const grants = choices.flatMap((choice) => [
    `\\connect ${quoteIdentifier(choice.database)}`,
    ...scriptGrants(choice, logins.read.user, logins.write.user).map((statement) => `${statement};`),
  ]);
  return [
    '-- The login roles of Howdah. Run it with psql as a superuser, or as an owner with CREATEROLE.',
    '\\set ON_ERROR_STOP on',
    ...roles.map((statement) => `${statement};`),
    ...grants,
    '',
  ].join('\n');
}

function scriptGrants({ database, schemas, masks }: DatabaseChoice, read: string, write: string): string[] {
  const [reader, writer] = [quoteIdentifier(read), quoteIdentifier(write)];
  const perSchema = schemas
    .map(quoteIdentifier)
    .flatMap((schema) => [
      `grant usage on schema ${schema} to ${reader}, ${writer}`,
      `grant select on all tables in schema ${schema} to ${reader}, ${writer}`,
      `grant select on all sequences in schema ${schema} to ${reader}, ${writer}`,
      `grant insert, update, delete on all tables in schema ${schema} to ${writer}`,
      `grant usage on all sequences in schema ${schema} to ${writer}`,
    ]);
  const masked = new Map<string, string[]>();
  for (const { schema, relation, column } of masks) {
    const table = `${quoteIdentifier(schema)}.${quoteIdentifier(relation)}`;
    masked.set(table, [...(masked.get(table) ?? []), column]);
  }
  return [
    `grant connect on database ${quoteIdentifier(database)} to ${reader}, ${writer}`,
    ...perSchema,
    ...[...masked].map(([table, columns]) => maskBlock(table, columns, read, write)),
  ];
}

/** Grants a masked table column by column: which it has is found when the script runs. */
function maskBlock(table: string, columns: string[], read: string, write: string): string {
  const names = columns.map((column) => quoteLiteral(column)).join(', ');
  const writer = quoteIdentifier(write);
  const both = `${quoteIdentifier(read)}, ${writer}`;
  const give = (privileges: string, roles: string) =>
    `execute format('grant ${privileges} on table %2$s to %3$s', open, ${quoteLiteral(table)}, ${quoteLiteral(roles)});`;
  return `do $howdah$
declare open text := (select string_agg(quote_ident(attname), ', ') from pg_attribute
  where attrelid = ${quoteLiteral(table)}::regclass and attnum > 0 and not attisdropped and attname not in (${names}));
begin
  revoke select, insert, update on table ${table} from ${both};
  ${give('select (%1$s)', both)}
  ${give('insert (%1$s), update (%1$s)', writer)}
  grant select (ctid, xmin, tableoid) on table ${table} to ${both};
end $howdah$`;
}
