import 'server-only';
import { sql } from 'kysely';
import { singleton } from '../singleton';
import { store } from './db';

export type StoreIdentity = { systemIdentifier: string; database: string };

/**
 * Which database of which PostgreSQL instance the store is, so that no server's page or run ever opens it. Asked
 * once a process, since DATABASE_URL stays the same; a failure is asked again.
 */
export function storeIdentity(): Promise<StoreIdentity> {
  const cache = singleton<{ known?: Promise<StoreIdentity> }>('store.identity', () => ({}));
  cache.known ??= readIdentity().catch((error) => {
    cache.known = undefined;
    throw error;
  });
  return cache.known;
}

async function readIdentity(): Promise<StoreIdentity> {
  const { rows } = await sql<StoreIdentity>`
    select system_identifier::pg_catalog.text as "systemIdentifier", pg_catalog.current_database()::pg_catalog.text as database
    from pg_catalog.pg_control_system()`.execute(store());
  return rows[0] ?? { systemIdentifier: '', database: '' };
}
