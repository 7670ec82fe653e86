import 'server-only';
import { env } from './env';
import { AppError } from './errors';
import { unreachable } from './postgres/diagnose';
import { parseServerUrl } from './postgres/url';
import { migrateStore } from './store/migrate';

/**
 * Migrates the store and returns the names of the migrations applied now. Throws AppError: `conflict` on a store
 * of a newer Howdah, `unreachable` with cause and fix where the store can't be connected to.
 */
export async function openStore(): Promise<string[]> {
  const { DATABASE_URL: url, HOWDAH_OWNER_URL: ownerUrl = url } = env();
  try {
    return await migrateStore();
  } catch (error) {
    if (error instanceof AppError || ownerUrl === undefined) throw error;
    throw await unreachable(error, parseServerUrl(ownerUrl));
  }
}
