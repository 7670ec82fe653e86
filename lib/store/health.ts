import 'server-only';
import type { Health } from '../api-types';
import { env } from '../env';
import { AppError } from '../errors';
import { storePool } from './db';

/** Whether the store answers, and in how many milliseconds. Says why not only to the log: see `npm run check`. */
export async function checkStore(): Promise<Health> {
  const started = performance.now();
  try {
    await storePool().query('select 1');
    const response_time_ms = Math.round((performance.now() - started) * 10) / 10;
    return { status: 'healthy', database: 'connected', response_time_ms };
  } catch {
    return { status: 'unhealthy', database: 'disconnected', response_time_ms: null };
  }
}

/** Where the store is, without its password. Throws AppError `unreachable` when DATABASE_URL is not set. */
export function storeEndpoint(): NonNullable<Health['connection_info']> {
  const { DATABASE_URL } = env();
  if (DATABASE_URL === undefined) throw new AppError('unreachable', 'DATABASE_URL is not set.');
  const { hostname, port, pathname, username } = new URL(DATABASE_URL);
  return {
    engine: 'postgresql',
    host: hostname,
    port: Number(port || 5432),
    name: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
  };
}
