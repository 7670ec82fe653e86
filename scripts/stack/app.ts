import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverProgram } from '../build';
import { exitOf } from '../children';
import { inherit, root } from '../settings';

export interface AppOptions {
  port: number;
  /** The address to listen on. */
  host: string;
  /** Added to the environment. */
  env: Record<string, string | undefined>;
  /** The file that gets the app's output, from its beginning. */
  logFile: string;
  signal?: AbortSignal | undefined;
}

/** The running app. */
export interface App {
  pid: number;
  /** As a browser on this machine reaches it, without a slash at its end. */
  url: string;
  /** Its exit code, when it ends by itself or by `stop`. */
  exited: Promise<number>;
  /** Asks the app to end, and after ten seconds makes it. */
  stop(): Promise<void>;
}

const patienceMs = 30_000;
const graceMs = 10_000;

/** Starts the production app and waits until it answers. Throws with the end of its log when it does not. */
export async function startApp(options: AppOptions): Promise<App> {
  const child = await spawnApp(options);
  const exited = exitOf(child);
  const stop = () => stopChild(child, exited);
  const url = urlOf(options.host, options.port);
  try {
    await waitForAnswer(url, child, options.signal);
  } catch (cause) {
    await stop();
    const log = await readFile(options.logFile, 'utf8');
    throw new Error(`The app did not start. The end of ${options.logFile}:\n${log.slice(-2_000)}`, { cause });
  }
  return { pid: child.pid ?? 0, url, exited, stop };
}

async function spawnApp({ port, host, env, logFile }: AppOptions): Promise<ChildProcess> {
  const log = await open(logFile, 'w', 0o600);
  try {
    // In a process group of its own, so that Ctrl-C reaches the launcher alone, which stops things in order.
    return spawn(process.execPath, ['--import', path.join(root, 'scripts/stack/leash.mjs'), serverProgram], {
      env: inherit({ ...env, PORT: String(port), HOSTNAME: host }),
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
      detached: true,
      windowsHide: true,
    });
  } finally {
    await log.close();
  }
}

async function waitForAnswer(url: string, child: ChildProcess, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('It ended at its start.');
    if (await hasGoodAnswer(`${url}/api/health`)) return;
    await sleep(50);
  }
  throw new Error(`It gave no good answer on ${url}/api/health within ${patienceMs / 1_000} s.`);
}

async function hasGoodAnswer(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    // Read to its end: a request that is not finished would hold up the app's orderly stop by seconds.
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}

async function stopChild(child: ChildProcess, exited: Promise<number>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}

/** The addresses that mean "all" or "this machine" are reached as localhost. */
function urlOf(host: string, port: number): string {
  const isLocal = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host);
  const name = isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
