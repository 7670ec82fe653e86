import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { findFreePort } from '../scripts/ports';
import { startApp } from '../scripts/stack/app';
import { settings } from './fixtures';

export type FreshHowdah = {
  url: string;
  /** What stands on its console. */
  console(): Promise<string>;
  stop(): Promise<void>;
};

/** A second Howdah, as it is after its installation: on an empty store of its own, and without any user. */
export async function startFreshHowdah(
  envOf: (url: string) => Promise<Record<string, string>> | Record<string, string> = () => ({}),
): Promise<FreshHowdah> {
  const folder = await mkdtemp(path.join(tmpdir(), 'howdah-fresh-'));
  const database = `fresh_${randomUUID().slice(0, 8)}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: settings.serverUrl });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`create database ${database}`);
  const port = await findFreePort('127.0.0.1');
  const logFile = path.join(folder, 'app.log');
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: new URL(`/${database}`, settings.serverUrl).href,
    HOWDAH_OWNER_URL: undefined,
    HOWDAH_SECRET: randomUUID(),
    HOWDAH_DATA: folder,
    AUTH_TRUST_HOST: 'true',
    ...(await envOf(`http://localhost:${port}`)),
  };
  const app = await startApp({ port, host: '127.0.0.1', env, logFile });
  return {
    url: app.url,
    console: () => readFile(logFile, 'utf8'),
    async stop() {
      await app.stop();
      await run(`drop database ${database} with (force)`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for the address that the console offers for the set-up. */
export async function setUpAddress(howdah: FreshHowdah): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const address = /^\s*(http\S+\/setup#\S+)$/m.exec(await howdah.console())?.[1];
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the console offers no set-up:\n${await howdah.console()}`);
}
