import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { countJobs, stopJobs } from './jobs/run-job';
import { localScripts } from './run-stoppable';
import { retire } from './store/instances';

/** How long an orderly end may take before it is made an end, and how often it looks, in milliseconds. */
const graceMs = 9_000;
const lookMs = 100;

/**
 * From now on SIGTERM and SIGINT end this process in order, in place of whatever listened to them: no new connection is
 * taken; every statement is cancelled and its reader told, once its outcome stands in the history; every job is
 * interrupted, with that on record; then the instance says that it is gone. What takes longer than nine seconds is left.
 */
export function stopOnSignal(): void {
  const servers = new Set<Server>();
  subscribe('http.server.request.start', (message) => {
    servers.add((message as { server: Server }).server);
  });
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), graceMs);
    void stopInOrder([...servers]).finally(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
}

async function stopInOrder(servers: Server[]): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  stopJobs();
  // A statement that had not begun when it was cancelled may begin after.
  while (localScripts().size > 0 || countJobs() > 0) {
    for (const { cancel } of localScripts().values()) cancel();
    await sleep(lookMs);
  }
  for (const server of servers) server.closeIdleConnections();
  await Promise.all(closed);
  await retire().catch(() => undefined);
}
