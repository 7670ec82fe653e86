import 'server-only';
import type pg from 'pg';
import type { DatabaseSummary } from '../../api-types';
import { isUnfinishedName } from '../unfinished-database';

/** Which database is never shown or touched: the store, where it lives on the same server. */
export type StoreIdentity = { systemIdentifier: string; database: string };

/**
 * The databases that the connected role may connect to; templates and those that a restore still fills are left out.
 * The size is null where the role may not read it. The store closes itself to PUBLIC; it is left out by identity as
 * well.
 */
export async function listDatabases(client: pg.Client, except: StoreIdentity): Promise<DatabaseSummary[]> {
  const { rows } = await client.query<{ name: string; owner: string; encoding: string; size: string | null }>(
    `select d.datname as name,
        pg_catalog.pg_get_userbyid(d.datdba) as owner,
        pg_catalog.pg_encoding_to_char(d.encoding) as encoding,
        case when pg_catalog.has_database_privilege(d.oid, 'CONNECT') then pg_catalog.pg_database_size(d.oid) end as size
      from pg_catalog.pg_database d
      where d.datallowconn and not d.datistemplate
        and pg_catalog.has_database_privilege(d.oid, 'CONNECT')
        and (d.datname <> $1 or (select s.system_identifier::pg_catalog.text from pg_catalog.pg_control_system() s) <> $2)
      order by d.datname`,
    [except.database, except.systemIdentifier],
  );
  return rows
    .filter(({ name }) => !isUnfinishedName(name))
    .map(({ size, ...row }) => ({ ...row, size_bytes: size === null ? null : Number(size) }));
}

/** The identity of the PostgreSQL instance behind a connection, the same for all its databases. */
export async function readSystemIdentifier(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select system_identifier::pg_catalog.text as id from pg_catalog.pg_control_system()',
  );
  return rows[0]?.id ?? '';
}

/** The version as a person says it, `15.18`. */
export async function readVersion(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    `select pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1) as version`,
  );
  return rows[0]?.version ?? '';
}
