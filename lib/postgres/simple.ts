import 'server-only';
import type pg from 'pg';
import { deferred } from '../deferred';

/**
 * Sends one constant message of ours by the simple protocol and resolves when PostgreSQL is ready again. It may
 * hold several statements; their results are dropped unread, which pg's own query() would build first. Never for
 * text of a person: the simple protocol runs whatever follows a semicolon. Rejects with pg.DatabaseError.
 */
export function sendSimple(client: pg.Client, text: string): Promise<void> {
  const { promise, resolve, reject } = deferred();
  const ignore = () => undefined;
  client.query({
    submit: (connection: pg.Connection) => connection.query(text),
    handleRowDescription: ignore,
    handleDataRow: ignore,
    handleCommandComplete: ignore,
    handleEmptyQuery: ignore,
    handleError: reject,
    handleReadyForQuery: () => resolve(),
  } as pg.Submittable);
  return promise;
}
