import path from 'node:path';
import { fileURLToPath } from 'node:url';

// biome-ignore lint/style/noProcessEnv: the one place in scripts/ that reads it
const environment = process.env;

/** The folder of the project, without a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** The environment of this process with some variables added, for a child process. */
export function inherit(added: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  return { ...environment, ...added };
}

/** What a person may set for `npm run demo`, `npm test` and the other scripts. See .env.example. */
export interface Settings {
  /** Absolute path of the folder that holds the embedded PostgreSQL's data, secrets and logs. */
  dataDir: string;
  /** 0 means any free port. */
  port: number;
  /** The address to listen on. */
  host: string;
  demoPassword: string | undefined;
  /** Where the store lives, if not in the embedded PostgreSQL. */
  storeUrl: string | undefined;
  storeOwnerUrl: string | undefined;
  secret: string | undefined;
}

/** The settings of this process. Throws with a plain message when one is not usable. */
export function settings(): Settings {
  return {
    dataDir: path.resolve(root, read('HOWDAH_DATA') ?? '.howdah'),
    port: readPort(read('PORT') ?? '3000'),
    host: read('HOST') ?? '127.0.0.1',
    demoPassword: read('HOWDAH_DEMO_PASSWORD'),
    storeUrl: read('DATABASE_URL'),
    storeOwnerUrl: read('HOWDAH_OWNER_URL'),
    secret: read('HOWDAH_SECRET'),
  };
}

/** What `scripts/seed-demo.ts` is told by the process that starts it. */
export function seedSettings(): { password: string; serverUrl: string } {
  return { password: need('HOWDAH_DEMO_PASSWORD'), serverUrl: need('HOWDAH_DEMO_SERVER_URL') };
}

/** What the browser tests are told by `npm test`. */
export interface BrowserSettings {
  baseUrl: string;
  password: string;
  /** Superuser URL of the server `demo`, database `postgres`. */
  serverUrl: string;
  /** Superuser URL of the store. */
  storeUrl: string;
}

/** The settings of the browser tests. Throws, saying what is missing, when `npm test` did not start them. */
export function browserSettings(): BrowserSettings {
  return {
    baseUrl: need('BASE_URL'),
    password: need('HOWDAH_DEMO_PASSWORD'),
    serverUrl: need('E2E_SERVER_URL'),
    storeUrl: need('E2E_STORE_URL'),
  };
}

/** Where the Howdah of the browser tests keeps its secrets and its log. */
export function browserDataFolder(): string {
  return need('E2E_DATA');
}

/** A PostgreSQL server to run the `pg` tests on instead of the embedded one (a superuser's URL). */
export function testServerUrl(): string | undefined {
  return read('HOWDAH_TEST_URL');
}

/** Where the browser tests put the picture of the README, if it is to be made. */
export function screenshotFile(): string | undefined {
  return read('HOWDAH_SCREENSHOT');
}

/** The major version of the embedded PostgreSQL that the `pg` tests run on. */
export function testMajor(): string {
  return read('HOWDAH_TEST_MAJOR') ?? '15';
}

/** The browser that a person chose for the browser tests. */
export function chosenChromium(): string | undefined {
  return read('PLAYWRIGHT_CHROMIUM');
}

function read(name: string): string | undefined {
  return environment[name] || undefined;
}

function need(name: string): string {
  const value = read(name);
  if (value === undefined) throw new Error(`${name} is not set. Run the tests by: npm test`);
  return value;
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT is not a port number: "${text}". Use a whole number from 0 to 65535.`);
}
