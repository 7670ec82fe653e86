import 'server-only';
import pg from 'pg';
import { AppError } from '../errors';
import type { DatabaseLocale } from '../job-types';
import { quoteIdentifier, quoteLiteral } from '../sql/literal';
import { checkStorable } from '../storable';
import { isUnfinishedName } from './unfinished-database';

export type NewDatabase = { name: string; encoding: string; locale: DatabaseLocale };

/** Bytes that a name may have in PostgreSQL, which cuts longer ones without a word. */
const nameBytes = 63;

/** Throws AppError `invalid` for a name that PostgreSQL could not keep as it is, or that Howdah would not show. */
export function requireDatabaseName(name: string): void {
  checkStorable(name, 'The name of the new database');
  const problem = problemOf(name);
  if (problem === null) return;
  throw new AppError('invalid', `The name of the new database ${problem}.`, { hint: 'Choose another name.' });
}

function problemOf(name: string): string | null {
  if (name === '') return 'is empty';
  if (Buffer.byteLength(name) > nameBytes) return `is longer than ${nameBytes} bytes`;
  return isUnfinishedName(name) ? 'is one that Howdah uses while it restores' : null;
}

/** Throws AppError `conflict` when the server has a database of this name. */
export async function requireNoDatabase(client: pg.Client, name: string): Promise<void> {
  const found = await client.query('select 1 from pg_catalog.pg_database where datname = $1', [name]);
  if (found.rowCount === 0) return;
  throw new AppError(
    'conflict',
    `A database named "${name}" is there already, and a restore never touches one.`,
    {
      hint: 'Choose a name that is free.',
    },
  );
}

/** Throws AppError `not_found` when the server has no database of this name. */
export async function requireDatabaseThere(client: pg.Client, name: string): Promise<void> {
  const found = await client.query('select 1 from pg_catalog.pg_database where datname = $1', [name]);
  if (found.rowCount !== 0) return;
  throw new AppError('not_found', `There is no database named "${name}" to take the place of.`, {
    hint: 'Restore into a new one: leave the typed name out.',
  });
}

/**
 * Makes a database that nobody but its owner may connect to. Where its locale does not exist here it gets the server's
 * own; answers what was so changed, null when nothing. Throws AppError.
 */
export async function createDatabase(client: pg.Client, database: NewDatabase): Promise<string | null> {
  const version = await readVersionNumber(client);
  const name = quoteIdentifier(database.name);
  const plain = `create database ${name} template template0 encoding ${quoteLiteral(database.encoding)}`;
  const problem = await attempt(client, `${plain} ${localeClause(database.locale, version)}`);
  if (problem !== null) {
    const second = await attempt(client, plain);
    if (second !== null) throw notCreated(second);
  }
  await client.query(`revoke all on database ${name} from public`);
  return problem === null
    ? null
    : `The locale ${localeName(database.locale)} is not to be had here: the server's own is used. (${problem.message})`;
}

async function readVersionNumber(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    "select pg_catalog.current_setting('server_version_num') as version",
  );
  return Number(rows[0]?.version);
}

/** Null when it worked, the error when PostgreSQL lacks the locale; anything else is thrown. */
async function attempt(client: pg.Client, sql: string): Promise<pg.DatabaseError | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    const isAboutLocale =
      error instanceof pg.DatabaseError && ['22023', '42809', '0A000', '42704'].includes(error.code ?? '');
    if (isAboutLocale) return error;
    throw notCreated(error);
  }
}

function notCreated(cause: unknown): unknown {
  if (!(cause instanceof pg.DatabaseError)) return cause;
  const hint = cause.code === '42501' ? "The server's owner role needs CREATEDB." : cause.hint;
  return new AppError('unreachable', `The new database could not be made: ${cause.message}.`, {
    sqlstate: cause.code,
    hint,
    cause,
  });
}

function localeClause({ provider, collate, ctype, locale }: DatabaseLocale, version: number): string {
  const libc = `lc_collate ${quoteLiteral(collate)} lc_ctype ${quoteLiteral(ctype)}`;
  if (version < 150000) return libc;
  if (provider === 'i' && locale !== null)
    return `${libc} locale_provider icu icu_locale ${quoteLiteral(locale)}`;
  if (provider === 'b' && locale !== null) {
    return `${libc} locale_provider builtin builtin_locale ${quoteLiteral(locale)}`;
  }
  return `${libc} locale_provider libc`;
}

function localeName({ collate, locale }: DatabaseLocale): string {
  return locale ?? collate;
}

/** Opens a finished database to those who may connect to a new one by default, under its name. Throws AppError. */
export async function publishDatabase(client: pg.Client, from: string, to: string): Promise<void> {
  await requireNoDatabase(client, to);
  await client.query(`alter database ${quoteIdentifier(from)} rename to ${quoteIdentifier(to)}`);
  await client.query(`grant connect, temporary on database ${quoteIdentifier(to)} to public`);
}

/** Removes a database, whoever is connected to it; one that is not there is fine. */
export async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
}
