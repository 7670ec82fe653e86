import { readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { findFreePort, isPortFree } from '../ports';
import { type Cluster, ensureCluster, runProgram, writePrivate } from './cluster';
import { defaultMajor, type Major } from './majors';
import { findPostmaster, type Postmaster } from './postmaster';

export interface EmbeddedOptions {
  /** The folder for the data directory, the password and the log; absolute. */
  dataDir: string;
  /** false is for data that may be lost: fsync, full_page_writes and synchronous_commit are off. */
  durable: boolean;
  /** More lines of postgresql.conf, values as they stand there (quoted where PostgreSQL wants it). */
  settings?: Record<string, string>;
  /** Without one, the port of the last start if it is free, else any free one. */
  port?: number;
  /** The major version of PostgreSQL; by default 15. Data that exists must be of the same. */
  major?: Major;
}

/** A running PostgreSQL server of ours. */
export interface EmbeddedServer {
  host: '127.0.0.1';
  port: number;
  user: 'postgres';
  password: string;
  pid: number;
  /** Where the data really is: not `dataDir` when root gave one that PostgreSQL's account cannot reach. */
  home: string;
  /** The superuser's URL of a database, by default `postgres`. */
  url(database?: string): string;
  /** Stops the server (fast shutdown: sessions are ended) and waits for its end. May be called twice. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * Starts PostgreSQL from its npm package on loopback, making its data directory on first use; a server that already runs
 * on the data is adopted. It outlives this process unless stopped.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const cluster = await ensureCluster(options.dataDir, options.major ?? defaultMajor, options.durable);
  const { pid, port } = (await findPostmaster(cluster.data)) ?? (await launch(cluster, options));
  const { home, password } = cluster;
  const login = `postgres:${encodeURIComponent(password)}@${host}:${port}`;
  return {
    ...{ host, port, user: 'postgres', password, pid, home },
    url: (database = 'postgres') => `postgresql://${login}/${encodeURIComponent(database)}`,
    stop: () => stop(cluster),
  };
}

async function launch(cluster: Cluster, options: EmbeddedOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await choosePort(cluster));
    await writePrivate(configurationOf(cluster), configure(options, port), cluster.account);
    await truncate(cluster.log).catch(() => undefined);
    try {
      await runProgram(cluster.account, cluster.binaries.pgCtl, [
        ...['start', '-D', cluster.data, '-l', cluster.log, '-s', '-w', '-t', '60'],
      ]);
      const started = await findPostmaster(cluster.data);
      if (started) return started;
      throw new Error('PostgreSQL ended right after its start.');
    } catch (cause) {
      const lostRace = !options.port && !(await isPortFree(port, host));
      if (!lostRace || attempt === 5) throw await explain(cluster, cause);
    }
  }
}

function configurationOf(cluster: Cluster): string {
  return path.join(cluster.data, 'howdah.conf');
}

async function choosePort(cluster: Cluster): Promise<number> {
  const last = await readFile(configurationOf(cluster), 'utf8').catch(() => '');
  const port = Number(/^port = (\d+)$/m.exec(last)?.[1]);
  return port && (await isPortFree(port, host)) ? port : findFreePort(host);
}

function configure(options: EmbeddedOptions, port: number): string {
  const durable = options.durable ? 'on' : 'off';
  const lines = {
    listen_addresses: `'${host}'`,
    port: String(port),
    unix_socket_directories: "''",
    shared_preload_libraries: "'pg_stat_statements'",
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    fsync: durable,
    full_page_writes: durable,
    synchronous_commit: durable,
    ...options.settings,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

async function explain(cluster: Cluster, cause: unknown): Promise<Error> {
  const log = await readFile(cluster.log, 'utf8').catch(() => '');
  return new Error(`PostgreSQL did not start. The end of ${cluster.log}:\n${log.slice(-2_000)}`, { cause });
}

async function stop(cluster: Cluster): Promise<void> {
  if (!(await findPostmaster(cluster.data))) return;
  await runProgram(cluster.account, cluster.binaries.pgCtl, [
    ...['stop', '-D', cluster.data, '-m', 'fast', '-s', '-w', '-t', '60'],
  ]).catch(async (cause) => {
    if (await findPostmaster(cluster.data)) throw cause;
  });
}
