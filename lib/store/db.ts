import 'server-only';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { env } from '../env';
import { AppError } from '../errors';
import { singleton } from '../singleton';
import type { Store } from './schema';

/**
 * The pool over Howdah's own database. A statement that waits 5 s for a lock gives up, so that a locked
 * history refuses runs instead of hanging them. Throws AppError `unreachable` when DATABASE_URL is not set.
 */
export function storePool(): pg.Pool {
  return singleton('store.pool', () => {
    const { DATABASE_URL: url } = env();
    if (url === undefined) {
      throw new AppError('unreachable', 'Howdah has no store: DATABASE_URL is not set.', {
        hint: 'Set DATABASE_URL to the database that Howdah may keep its own tables in, or run: npm run demo',
      });
    }
    return createStorePool(url, 10);
  });
}

/** A pool with the store's settings. Whoever calls it ends it. */
export function createStorePool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'howdah',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    lock_timeout: 5_000,
    statement_timeout: 15_000,
    options: '-c synchronous_commit=on -c timezone=UTC -c datestyle=ISO',
  });
  pool.on('error', (error) =>
    console.error(`howdah: an idle connection to the store was lost: ${error.message}`),
  );
  // One that is lent out when its connection breaks would end the process otherwise.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Howdah's own tables. */
export function store(): Kysely<Store> {
  return singleton('store.kysely', () => overPool(storePool()));
}

/** Kysely over a given pool. */
export function overPool(pool: pg.Pool): Kysely<Store> {
  return new Kysely<Store>({ dialect: new PostgresDialect({ pool }) });
}
