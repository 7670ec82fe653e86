import 'server-only';
import type pg from 'pg';
import { quoteIdentifier } from '../sql/literal';
import type { DatabaseChoice } from '../wall-types';
import type { Endpoint } from './connection';
import { inWords } from './errors';
import { connectionLimit } from './provision-steps';
import { type LevelRoles, syncGrants } from './sync-grants';
import { withClient } from './target';

/** Sets how many connections the roles of the levels may hold, as the role of `endpoint`. Throws AppError or DatabaseError. */
export async function limitRoles(endpoint: Endpoint, roles: LevelRoles, budget: number): Promise<void> {
  await withClient(endpoint, async (client) => {
    for (const role of namesOf(roles)) {
      await client.query(`alter role ${quoteIdentifier(role)} connection limit ${connectionLimit(budget)}`);
    }
  });
}

/**
 * Takes everything from the roles of the levels in the given databases and drops them, as the role of `endpoint`. Answers
 * what PostgreSQL refused. Throws AppError when the server can't be reached.
 */
export async function dropRoles(
  endpoint: Endpoint,
  roles: LevelRoles,
  databases: string[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const database of databases) {
    const nothing: DatabaseChoice = { database, schemas: [], masks: [] };
    await syncGrants({ ...endpoint, database }, roles, nothing).then(
      (report) => problems.push(...report.problems.map((problem) => `${database}: ${problem}`)),
      (error) => problems.push(`${database}: ${inWords(error)}`),
    );
  }
  await withClient(endpoint, async (client) => {
    for (const role of namesOf(roles)) {
      const name = quoteIdentifier(role);
      await client.query(
        'select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where usename = $1',
        [role],
      );
      for (const database of databases) {
        const revoke = `revoke connect on database ${quoteIdentifier(database)} from ${name}`;
        await client.query(revoke).catch((error: Error) => problems.push(`${database}: ${error.message}`));
      }
      await client.query(`drop role if exists ${name}`).catch((error: Error) => {
        problems.push(`${role} stays: ${error.message}`);
      });
    }
  });
  return problems;
}

/** How many connections each of these roles holds and may hold, and what the whole server allows. */
export async function countConnections(client: pg.Client, roles: string[]) {
  const { rows } = await client.query<{ role: string; used: string; allowed: string; max: string }>(
    `select r.rolname as role, r.rolconnlimit::pg_catalog.text as allowed,
        (select pg_catalog.count(*) from pg_catalog.pg_stat_activity a where a.usesysid = r.oid)::pg_catalog.text as used,
        pg_catalog.current_setting('max_connections') as max
      from pg_catalog.pg_roles r where r.rolname = any ($1::pg_catalog.text[])`,
    [roles],
  );
  return rows.map(({ role, used, allowed, max }) => ({
    role,
    used: Number(used),
    /** Null where the role has no limit of its own. */
    allowed: Number(allowed) < 0 ? null : Number(allowed),
    max: Number(max),
  }));
}

function namesOf({ read, write }: LevelRoles): string[] {
  return [read, write].filter((role) => role !== null);
}
