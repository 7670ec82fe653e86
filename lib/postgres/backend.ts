import 'server-only';
import type pg from 'pg';
import { singleton } from '../singleton';

/** One backend for certain: a pid alone is given again. `startedAt` is PostgreSQL's own text. */
export type Backend = { pid: number; startedAt: string };

/** Asks which backend a new connection has, so that it can be ended from another one. */
export async function learnBackend(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ pid: string; started_at: string }>(
    `select pid, backend_start::pg_catalog.text as started_at from pg_catalog.pg_stat_activity
      where pid = pg_catalog.pg_backend_pid()`,
  );
  const [row] = rows;
  if (row !== undefined) backends().set(client, { pid: Number(row.pid), startedAt: row.started_at });
}

/** The backend of a client that learnBackend() was called with. */
export function backendOf(client: pg.Client): Backend {
  const backend = backends().get(client);
  if (backend === undefined) throw new Error('the backend of this connection was never asked for');
  return backend;
}

function backends(): WeakMap<pg.Client, Backend> {
  return singleton('postgres.backends', () => new WeakMap());
}
