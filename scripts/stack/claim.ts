import pg from 'pg';
import type { EmbeddedServer } from '../embedded/server';

const key = 0x686f77; // "how"

/**
 * Marks the embedded server as this launcher's, so that a second one does not stop it under the first. The mark goes with
 * the process, however that ends. Throws when another launcher has it; resolves to what gives it back.
 */
export async function claimServer(server: EmbeddedServer): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: server.url(), application_name: 'howdah launcher' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [key]);
  if (rows[0]?.mine) return () => client.end();
  await client.end();
  throw new Error(`Howdah already runs on the data in ${server.home}. Stop it, or set HOWDAH_DATA.`);
}
