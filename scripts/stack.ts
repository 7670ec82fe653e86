import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildApp } from './build';
import { runScript } from './children';
import { type EmbeddedServer, startEmbedded } from './embedded/server';
import { findFreePort, isPortFree } from './ports';
import { loadSample, sampleNames } from './samples';
import { settings } from './settings';
import { type App, startApp } from './stack/app';
import { claimServer } from './stack/claim';
import { readSecrets, type Secrets } from './stack/secrets';
import { ensureStore } from './stack/store';

export interface StackOptions {
  /** Absolute path of the folder for everything that the stack keeps. */
  dataDir: string;
  /** 0 means any free port. */
  port: number;
  /** The address to listen on. */
  host: string;
  /** Without one, the random one of the data folder. */
  demoPassword?: string | undefined;
  /** Whether the data must outlive a crash of the machine. */
  durable: boolean;
  /** A store elsewhere; without one it is on the embedded server. `owner` is the URL for migrations. */
  store?: { app: string; owner: string | undefined } | undefined;
  /** Is told each step before it begins. */
  log: (step: string) => void;
  signal?: AbortSignal;
}

/** Howdah, running: the app, its store and the server `demo`. */
export interface Stack {
  url: string;
  /** Of the accounts admin, developer and reviewer. */
  password: string;
  /** Superuser URL of the server `demo`, database `postgres`. */
  serverUrl: string;
  /** Superuser URL of the store (of the given one, its owner's or the app's). */
  storeUrl: string;
  /** The running app. */
  app(): App;
  /** Starts the app again, once it has ended. */
  restart(): Promise<void>;
  /** Starts a second instance of the app on the same store, on a port of its own; whoever asked for it stops it. */
  startAnother(): Promise<App>;
  /** Where the embedded PostgreSQL's data really is; see EmbeddedServer. */
  postgresHome: string;
  /** Where the app's output goes. */
  logFile: string;
  /** Stops the app, then PostgreSQL. */
  stop(): Promise<void>;
}

type Undo = () => Promise<void>;

/** Starts Howdah as `npm run demo` does, and resolves when it answers. What was started is stopped again on failure. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const started: Undo[] = [];
  try {
    return await start(options, started);
  } catch (error) {
    await undo(started);
    throw error;
  }
}

async function start(options: StackOptions, started: Undo[]): Promise<Stack> {
  const { dataDir, log, signal } = options;
  const port = await choosePort(options);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const secrets = await readSecrets(dataDir);
  const password = options.demoPassword ?? secrets.demoPassword;

  log('Starting PostgreSQL');
  const server = await startPostgres(options, started);
  const { storeUrl, env } = await prepareStore(options, server, secrets);
  await prepareSamples(server, options);
  log('Preparing the store and the demo accounts');
  await seed({ ...env, HOWDAH_DEMO_PASSWORD: password, HOWDAH_DEMO_SERVER_URL: server.url() }, signal);
  log('Building the app, if its sources changed (the first time takes a minute)');
  await buildApp(signal);
  log('Starting the app');
  const logFile = path.join(dataDir, 'app.log');
  const launch = () => startApp({ port, host: options.host, env, logFile, signal });
  let app = await launch();
  started.push(() => app.stop());
  signal?.throwIfAborted();
  return {
    ...{ url: app.url, password, serverUrl: server.url(), storeUrl, logFile, postgresHome: server.home },
    app: () => app,
    restart: async () => {
      app = await launch();
    },
    startAnother: async () =>
      startApp({
        port: await findFreePort(options.host),
        host: options.host,
        env,
        logFile: `${logFile}.2`,
        signal,
      }),
    stop: () => undo(started),
  };
}

async function choosePort({ port, host }: StackOptions): Promise<number> {
  if (port === 0) return findFreePort(host);
  // "localhost" may be ::1 to a browser, where another program must not be listening either.
  const places = host === '127.0.0.1' ? [host, '::1'] : [host];
  for (const place of places) {
    if (await isPortFree(port, place)) continue;
    throw new Error(
      `Port ${port} is taken. Stop the program that listens there, or choose another port with PORT.`,
    );
  }
  return port;
}

async function startPostgres(
  { dataDir, durable, signal }: StackOptions,
  started: Undo[],
): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir: path.join(dataDir, 'postgres-15'), durable });
  const release = await claimServer(server);
  started.push(server.stop, release);
  signal?.throwIfAborted();
  return server;
}

async function prepareStore(
  { dataDir, store }: StackOptions,
  server: EmbeddedServer,
  secrets: Secrets,
): Promise<{ storeUrl: string; env: Record<string, string | undefined> }> {
  const { app, owner, superuser } = store
    ? { ...store, superuser: store.owner ?? store.app }
    : await ensureStore(server, secrets);
  const env = {
    DATABASE_URL: app,
    HOWDAH_OWNER_URL: owner,
    HOWDAH_SECRET: settings().secret ?? secrets.secret,
    HOWDAH_DATA: dataDir,
    AUTH_TRUST_HOST: 'true',
    NODE_ENV: 'production',
  };
  return { storeUrl: superuser, env };
}

async function prepareSamples(server: EmbeddedServer, { log, signal }: StackOptions): Promise<void> {
  for (const name of sampleNames) {
    log(`Loading the database ${name}, if it is not there`);
    await loadSample(server.url(), name);
    signal?.throwIfAborted();
  }
}

async function seed(env: Record<string, string | undefined>, signal?: AbortSignal): Promise<void> {
  const code = await runScript('scripts/seed-demo.ts', { env, ...(signal && { signal }) });
  if (code !== 0) throw new Error('The store could not be prepared; the reason is above.');
}

async function undo(started: Undo[]): Promise<void> {
  while (true) {
    const last = started.pop();
    if (!last) return;
    await last();
  }
}
