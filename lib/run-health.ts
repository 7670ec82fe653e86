import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Health, ServerSummary } from './api-types';
import { type Caller, currentActor } from './auth';
import { AppError } from './errors';
import { readVersion } from './postgres/catalog/databases';
import { openTarget, withControlConnection } from './postgres/target';
import type { Actor, Server } from './server';
import { checkStore, storeEndpoint } from './store/health';
import { findServer, listServers } from './store/servers';

type ServerHealth = Health & { version: string | null };

/** How long the overview waits for a server before it says `unknown`, in milliseconds. */
const glanceMs = 1_500;

/** The health of Howdah: of its store, and for who is signed in of each server. Never throws. */
export async function readHealth(
  caller: Pick<Caller, 'cookies' | 'headers'>,
): Promise<Health & { servers?: (Health & { slug: string })[] }> {
  const store = await checkStore();
  if (store.status === 'unhealthy') return store;
  const actor = await currentActor(caller).catch(() => null);
  if (actor === null) return withoutDetails(store);
  const servers = await listServers(actor);
  const checked = await Promise.all(
    servers.map(async (server) => ({ slug: server.slug, ...(await check(actor, server)) })),
  );
  const isDegraded = checked.some(({ status }) => status !== 'healthy');
  return {
    ...store,
    ...(isDegraded ? { status: 'degraded' } : {}),
    connection_info: storeEndpoint(),
    servers: checked,
  };
}

/** What anybody may know: nothing about where the store is. */
function withoutDetails({ status, database, response_time_ms }: Health): Health {
  return { status, database, response_time_ms };
}

/** The health of one server, with cause and fix when it is not healthy. Throws AppError `not_found`. */
export async function checkServer(actor: Actor, slug: string): Promise<ServerHealth> {
  return check(actor, await findServer(actor, slug));
}

/** The actor's servers; one that does not answer soon has status `unknown`. */
export async function summariseServers(actor: Actor): Promise<ServerSummary[]> {
  const servers = await listServers(actor);
  return Promise.all(
    servers.map(async (server) => {
      const health = await Promise.race([check(actor, server), sleep(glanceMs, null, { ref: false })]);
      const { slug, name, environment, level } = server;
      const status = health === null ? 'unknown' : health.status === 'healthy' ? 'healthy' : 'unhealthy';
      return { slug, name, environment, version: health?.version ?? null, status, level } as const;
    }),
  );
}

async function check(actor: Actor, server: Server): Promise<ServerHealth> {
  const started = performance.now();
  const info = {
    engine: 'postgresql',
    host: server.host,
    port: server.port,
    name: server.defaultDatabase,
    user: server.login('read')?.user ?? '',
  };
  try {
    const target = openTarget(actor, server, server.defaultDatabase, 'read');
    const version = await withControlConnection(target, readVersion);
    const response_time_ms = Math.round((performance.now() - started) * 10) / 10;
    return { status: 'healthy', database: 'connected', response_time_ms, version, connection_info: info };
  } catch (error) {
    const cause = error instanceof AppError ? error.message : String(error);
    const fix = error instanceof AppError ? error.hint : undefined;
    return {
      status: 'unhealthy',
      database: 'disconnected',
      response_time_ms: null,
      version: null,
      cause,
      fix,
      connection_info: info,
    };
  }
}
