import 'server-only';
import { sql } from 'kysely';
import { store } from './db';

/** Which database of which PostgreSQL instance the store is, so that no server's pages ever list it. */
export async function storeIdentity(): Promise<{ systemIdentifier: string; database: string }> {
  const { rows } = await sql<{ systemIdentifier: string; database: string }>`
    select system_identifier::pg_catalog.text as "systemIdentifier", pg_catalog.current_database()::pg_catalog.text as database
    from pg_catalog.pg_control_system()`.execute(store());
  return rows[0] ?? { systemIdentifier: '', database: '' };
}
