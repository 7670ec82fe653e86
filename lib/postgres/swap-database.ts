import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { AppError } from '../errors';
import { quoteIdentifier } from '../sql/literal';

/** Bytes that a name may have in PostgreSQL. */
const nameBytes = 63;

/** The name under which a database is kept that another takes the place of: `blog_before_20260131_120000`. */
export function keptName(database: string, now: Date): string {
  const suffix = `_before_${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_')}`;
  let name = database;
  while (Buffer.byteLength(name) > nameBytes - suffix.length) name = [...name].slice(0, -1).join('');
  return `${name}${suffix}`;
}

export type Swap = {
  /** The finished copy, the database whose name it takes, and what that one is called from now on. */
  from: string;
  to: string;
  kept: string;
};

/**
 * Puts a finished copy in the place of a database: ends the sessions of the old one, renames it, and gives its name and its
 * privileges to the copy. Should the second rename fail, the first is taken back. The client must be connected to
 * neither. Throws AppError.
 */
export async function swapDatabase(client: pg.Client, { from, to, kept }: Swap): Promise<void> {
  const [old, copy, aside] = [to, from, kept].map(quoteIdentifier);
  await client.query(`alter database ${old} with allow_connections false`);
  try {
    await endSessions(client, to);
    await client.query(`alter database ${old} rename to ${aside}`);
    try {
      await client.query(`alter database ${copy} rename to ${old}`);
    } catch (error) {
      await client.query(`alter database ${aside} rename to ${old}`);
      throw error;
    }
  } finally {
    for (const name of [to, kept]) await allowConnections(client, name);
  }
  await copyPrivileges(client, { from: kept, to });
}

/** Puts a database back under its name where a swap ended between its two renames. Does nothing otherwise. */
export async function undoSwap(client: pg.Client, { to, kept }: Pick<Swap, 'to' | 'kept'>): Promise<void> {
  const there = await client.query<{ datname: string }>(
    'select datname from pg_catalog.pg_database where datname = any($1)',
    [[to, kept]],
  );
  const names = new Set(there.rows.map(({ datname }) => datname));
  if (names.has(kept) && !names.has(to))
    await client.query(`alter database ${quoteIdentifier(kept)} rename to ${quoteIdentifier(to)}`);
  await allowConnections(client, to);
}

async function allowConnections(client: pg.Client, name: string): Promise<void> {
  const closed = await client.query(
    'select from pg_catalog.pg_database where datname = $1 and not datallowconn',
    [name],
  );
  if (closed.rowCount !== 0)
    await client.query(`alter database ${quoteIdentifier(name)} with allow_connections true`);
}

/** Nobody new can come in by now, so that it ends. */
async function endSessions(client: pg.Client, database: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { rowCount } = await client.query(
      'select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where datname = $1',
      [database],
    );
    if (!rowCount) return;
    if (Date.now() > deadline) {
      throw new AppError('timeout', `Sessions of "${database}" did not end within 10 s.`, {
        hint: 'Nothing was changed. See who they are under Activity, then try again.',
      });
    }
    await sleep(50);
  }
}

/** Who might connect to the old one may connect to the copy, and nobody else. */
async function copyPrivileges(client: pg.Client, { from, to }: { from: string; to: string }): Promise<void> {
  const { rows } = await client.query<{ grantee: string | null; privileges: string }>(
    `select case when a.grantee <> 0 then pg_catalog.pg_get_userbyid(a.grantee) end as grantee,
        pg_catalog.string_agg(a.privilege_type, ', ') as privileges
      from pg_catalog.pg_database d,
        pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) a
      where d.datname = $1 group by a.grantee`,
    [from],
  );
  for (const { grantee, privileges } of rows) {
    const role = grantee === null ? 'public' : quoteIdentifier(grantee);
    await client.query(`grant ${privileges} on database ${quoteIdentifier(to)} to ${role}`);
  }
}
