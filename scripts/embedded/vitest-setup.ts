import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { testMajor, testServerUrl } from '../settings';
import { makeTemporaryFolder } from '../temporary-folder';
import { fetchMajor, parseMajor } from './majors';
import { type EmbeddedServer, startEmbedded } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the tests' server, database `postgres`. */
    serverUrl: string;
  }
}

/** It would vacuum, analyse and lock the tests' tables whenever its minute comes. */
const settings = { autovacuum: 'off' };

/**
 * One PostgreSQL for all `pg` tests of a run: the one in HOWDAH_TEST_URL, else an embedded one of the major in
 * HOWDAH_TEST_MAJOR that is removed after.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = testServerUrl();
  if (given) {
    project.provide('serverUrl', given);
    return;
  }
  const major = parseMajor(testMajor());
  await fetchMajor(major);
  const folder = await makeTemporaryFolder();
  let server: EmbeddedServer | undefined;
  const abandon = () => end(folder, server);
  process.once('exit', abandon);
  server = await startEmbedded({ dataDir: path.join(folder, 'postgres'), durable: false, major, settings });
  const { home, stop } = server;
  project.provide('serverUrl', server.url());
  return async () => {
    process.off('exit', abandon);
    await stop();
    await Promise.all([home, folder].map((place) => rm(place, { recursive: true, force: true })));
  };
}

/** When the run is interrupted there is no time to wait for an orderly stop. */
function end(folder: string, server: EmbeddedServer | undefined): void {
  if (server) process.kill(server.pid, 'SIGQUIT');
  // Tried again while PostgreSQL, on its way out, still writes there.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
