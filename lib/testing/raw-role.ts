import pg from 'pg';
import { splitStatements } from '../sql/split';
import { findServer } from '../store/servers';
import { actorOf, type Fixture } from './fixture';

/** What became of each message that was sent: `done`, or the SQLSTATE. */
export type RawOutcome = string[];

/** A client of the read level's own login role, past every check of Howdah's. The caller ends it. */
export async function connectAsReader(fixture: Fixture): Promise<pg.Client> {
  const server = await findServer(await actorOf('reviewer'), 'demo');
  const login = server.login('read');
  if (login === null) throw new Error('the read level does not exist');
  const url = new URL(fixture.target.url);
  const client = new pg.Client({
    host: url.hostname,
    port: Number(url.port),
    database: fixture.target.name,
    ...login,
    application_name: 'raw reader',
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Sends a text as the read role with no parser before it: each statement in the frame that the app gives it, then the
 * whole text in one message. Only the role, the read-only transaction, the extended protocol, ROLLBACK and DISCARD ALL
 * are left of design F: what gets through is a residue of design E2.
 */
export async function runRaw(fixture: Fixture, sql: string): Promise<RawOutcome> {
  const client = await connectAsReader(fixture);
  const outcome: RawOutcome = [];
  try {
    for (const text of [...splitStatements(sql).map((piece) => piece.text), sql]) {
      await client.query(
        "begin read only; set local statement_timeout = '3s'; set local lock_timeout = '500ms'; select 1",
      );
      outcome.push(await sendExtended(client, text));
      await client.query('rollback');
      await client.query('discard all');
    }
  } finally {
    await client.end();
  }
  return outcome;
}

async function sendExtended(client: pg.Client, text: string): Promise<string> {
  const config = { text, queryMode: 'extended', rowMode: 'array' };
  return client.query(config).then(
    () => 'done',
    (error: unknown) => (error instanceof pg.DatabaseError ? String(error.code) : String(error)),
  );
}
