import { expect } from '@playwright/test';
import type pg from 'pg';

/** A server process of PostgreSQL at work; its start tells it from a later one with the same pid. */
export type Backend = { pid: number; started: string };

/** Waits until a statement with this text sleeps in the server, and answers who runs it. */
export async function waitForSleeper(server: pg.Client, text: string): Promise<Backend> {
  let found: Backend | undefined;
  await expect
    .poll(
      async () => {
        const { rows } = await server.query<Backend>(
          `select pid, backend_start::text as started from pg_stat_activity
            where state = 'active' and wait_event = 'PgSleep' and strpos(query, $1) > 0`,
          [text],
        );
        found = rows[0];
        return rows.length;
      },
      { message: 'the statement sleeps in the server', intervals: [50] },
    )
    .toBe(1);
  if (!found) throw new Error('The statement was there and is not.');
  return found;
}

/** What a backend does: `active`, `idle`, … or `gone`. */
export async function stateOf(server: pg.Client, { pid, started }: Backend): Promise<string> {
  const { rows } = await server.query<{ state: string }>(
    'select state from pg_stat_activity where pid = $1 and backend_start::text = $2',
    [pid, started],
  );
  return rows[0]?.state ?? 'gone';
}

/** Expects that within a second, the bound that cancelling must keep, the backend is idle or gone. */
export async function expectToStop(server: pg.Client, backend: Backend): Promise<void> {
  await expect
    .poll(() => stateOf(server, backend), {
      message: 'idle or gone within 1 s',
      timeout: 1_000,
      intervals: [50],
    })
    .toMatch(/^(idle|gone)$/);
}

/** How many backends still work for a statement with this text, or hold its transaction open. */
export async function countBusy(server: pg.Client, text: string): Promise<number> {
  const { rowCount } = await server.query(
    "select from pg_stat_activity where state <> 'idle' and strpos(query, $1) > 0 and pid <> pg_backend_pid()",
    [text],
  );
  return rowCount ?? 0;
}
