import 'server-only';
import type { DatabaseSummary } from './api-types';
import { listDatabases } from './postgres/catalog/databases';
import { openTarget, withConnection } from './postgres/target';
import type { Actor } from './server';
import { storeIdentity } from './store/identity';
import { findServer } from './store/servers';

/** The databases of a server that the read level may connect to; never the store. Throws AppError. */
export async function listServerDatabases(actor: Actor, slug: string): Promise<DatabaseSummary[]> {
  const server = await findServer(actor, slug);
  const identity = await storeIdentity();
  return withConnection(openTarget(actor, server, server.defaultDatabase, 'read'), (client) =>
    listDatabases(client, identity),
  );
}
