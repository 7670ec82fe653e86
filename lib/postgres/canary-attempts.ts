import 'server-only';
import type pg from 'pg';
import { quoteIdentifier } from '../sql/literal';
import type { GapSeverity, SharedLevel } from '../wall-types';

/** Something that a level must not be able to do. */
export type Attempt = {
  what: string;
  sql: string;
  /** In a read-only transaction, as the app frames the read level; else in one that may write, so that only privileges hold. */
  isReadOnly: boolean;
  severity: GapSeverity;
  fix: string;
};

const makeAnew = 'Enrol the server anew, so that the role is made by Howdah; or take this from the role.';

/** What neither level may do, whatever the transaction. */
const forBoth: readonly [what: string, sql: string][] = [
  ['read the password hashes of pg_authid', 'select rolpassword from pg_catalog.pg_authid'],
  ['read the passwords of foreign servers', 'select umoptions from pg_catalog.pg_user_mapping'],
  ['read the passwords of subscriptions', 'select subconninfo from pg_catalog.pg_subscription'],
  ['read samples of all columns', 'select stavalues1 from pg_catalog.pg_statistic'],
  ["read files of the server's computer", "select pg_catalog.pg_read_file('PG_VERSION')"],
  ["list folders of the server's computer", "select pg_catalog.pg_ls_dir('.')"],
  ["run a program on the server's computer", "copy (select 1) to program 'true'"],
  ["write a file on the server's computer", "copy (select 1) to '/dev/null'"],
  ['make a role', 'create role howdah_canary'],
  ['raise its own rights', 'alter role current_user createdb'],
  ['make a schema', 'create schema howdah_canary'],
  ['make an extension', 'create extension file_fdw'],
];

/** What a read-only transaction must stop, should a privilege ever be too many. */
const inReadOnly: readonly [what: string, sql: string][] = [
  ['leave its read-only transaction', 'set transaction read write'],
  ['make a table', 'create table howdah_canary (i int)'],
  ['make a temporary table', 'create temporary table howdah_canary (i int)'],
  ['change its own password', 'alter role current_user password null'],
  ['change its own settings', 'alter role current_user set default_transaction_read_only = off'],
];

/** The attempts for a level, on relations that it may read and roles that stand above it. */
export async function attemptsOf(
  client: pg.Client,
  level: SharedLevel,
  others: string[],
): Promise<Attempt[]> {
  const roles = [
    ...new Set([...others, 'pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program']),
  ];
  const both = forBoth.map(([what, sql]) => breach(what, sql, false));
  const become = roles.flatMap((role) => [
    breach(`become ${role}`, `set role ${quoteIdentifier(role)}`, false),
    breach(`log in as ${role}`, `set session authorization ${quoteIdentifier(role)}`, false),
  ]);
  if (level === 'write') return [...both, ...become, tableOf('gap')];
  const frame = inReadOnly.map(([what, sql]) => breach(what, sql, true));
  const writes = (await listSamples(client)).flatMap((relation) => [
    breach(`delete from ${relation}`, `delete from ${relation} where false`, true),
    gap(`delete from ${relation}`, `delete from ${relation} where false`),
    gap(`lock ${relation}`, `lock table ${relation} in share row exclusive mode`),
  ]);
  return [...both, ...become, ...frame, ...writes, tableOf('gap')];
}

function breach(what: string, sql: string, isReadOnly: boolean): Attempt {
  return { what, sql, isReadOnly, severity: 'breach', fix: makeAnew };
}

function gap(what: string, sql: string): Attempt {
  return {
    what: `${what} in a transaction that is not read-only`,
    sql,
    isReadOnly: false,
    severity: 'gap',
    fix: 'Revoke that privilege from the role, or from PUBLIC.',
  };
}

function tableOf(severity: GapSeverity): Attempt {
  return {
    what: 'make a table where search_path leads',
    sql: 'create table howdah_canary (i int)',
    isReadOnly: false,
    severity,
    fix: 'Run: revoke create on schema public from public',
  };
}

/** A few tables that the role may read. */
async function listSamples(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) as name
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and pg_catalog.has_any_column_privilege(c.oid, 'select')
        and pg_catalog.has_schema_privilege(n.oid, 'usage')
      order by c.oid limit 5`,
  );
  return rows.map(({ name }) => name);
}
