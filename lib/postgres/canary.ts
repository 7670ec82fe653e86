import 'server-only';
import type pg from 'pg';
import type { Gap, SharedLevel } from '../wall-types';
import { type Attempt, attemptsOf } from './canary-attempts';
import { type Finding, findPrivileges } from './catalog/wall';
import type { Endpoint } from './connection';
import { withClient } from './target';

/**
 * Tries the wall of one database as the login role of a level: asks PostgreSQL for every privilege beyond those of the
 * level, and tries to do what the level must not, in transactions that are rolled back and on no row. Answers what it
 * could do; nothing means that PostgreSQL enforces the level. Throws AppError when the role can't log in.
 */
export async function tryWall(endpoint: Endpoint, level: SharedLevel, others: string[]): Promise<Gap[]> {
  return withClient(endpoint, async (client) => {
    const findings = await findPrivileges(client, level);
    for (const attempt of await attemptsOf(client, level, others)) {
      const finding = await tryOne(client, attempt);
      if (finding !== null) findings.push(finding);
    }
    return findings.map((finding) => ({ ...finding, database: endpoint.database }));
  });
}

/** What PostgreSQL refused, whatever the reason, the role could not do. */
async function tryOne(
  client: pg.Client,
  { what, sql, isReadOnly, severity, fix }: Attempt,
): Promise<Finding | null> {
  const mode = isReadOnly ? 'read only' : 'read write';
  await client.query(
    `begin transaction ${mode}; set local statement_timeout = '5s'; set local lock_timeout = '500ms'; select 1`,
  );
  const isDone = await client.query({ text: sql, queryMode: 'extended' } as pg.QueryConfig).then(
    () => true,
    () => false,
  );
  await client.query('rollback');
  await client.query('discard all');
  return isDone ? { severity, message: `It could ${what}.`, fix } : null;
}
