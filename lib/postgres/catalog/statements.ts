import 'server-only';
import type pg from 'pg';
import type { StatementHealth } from '../../api-types';
import { AppError } from '../../errors';
import { quoteIdentifier } from '../../sql/literal';

const most = 20;

/**
 * The statements of the connected database that took the most time in all, from the extension pg_stat_statements. The text
 * of another role's statement is null, unless the connected role may read all statistics. Throws AppError `not_found` where
 * the extension is not installed, and what PostgreSQL says where it is not loaded or not granted.
 */
export async function listStatements(client: pg.Client): Promise<StatementHealth[]> {
  const found = await client.query<{ schema: string }>(
    `select n.nspname as schema from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`,
  );
  const [extension] = found.rows;
  if (extension === undefined) {
    throw new AppError('not_found', 'The extension pg_stat_statements is not installed in this database.', {
      hint: 'Add it to shared_preload_libraries, restart PostgreSQL, and run here: create extension pg_stat_statements',
    });
  }
  const { rows } = await client.query<{ statements: string }>(
    `select coalesce(pg_catalog.json_agg(t), '[]')::pg_catalog.text as statements from (
        select case when s.queryid is not null then pg_catalog.left(s.query, 2000) end as query, s.calls,
          s.total_exec_time as total_ms, s.mean_exec_time as mean_ms, s.rows
        from ${quoteIdentifier(extension.schema)}.pg_stat_statements s
        where s.dbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())
        order by s.total_exec_time desc limit ${most}) t`,
  );
  return JSON.parse(rows[0]?.statements ?? '[]') as StatementHealth[];
}
