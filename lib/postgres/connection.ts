import 'server-only';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import type { Login, Server } from '../server';
import { guardedSocket } from './address';
import type { Use } from './budget';
import { tapWhenConnecting } from './wire';

/** Seconds that opening a connection may take, handshake and sign-in included. */
export const connectSeconds = 5;

/**
 * Settings of every connection to a target, as start-up options: they survive DISCARD ALL and beat ALTER
 * DATABASE and ALTER ROLE, so that cells read the same on every server.
 */
const startupOptions = [
  'DateStyle=ISO,MDY',
  'IntervalStyle=postgres',
  'TimeZone=UTC',
  'bytea_output=hex',
  'extra_float_digits=1',
  'xmlbinary=base64',
  'xmloption=content',
  'array_nulls=on',
  'standard_conforming_strings=on',
  'client_encoding=UTF8',
  'synchronize_seqscans=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

const limits = '-c lock_timeout=2s -c idle_in_transaction_session_timeout=60s';

/**
 * Settings by what a connection is for, to which DISCARD ALL returns. The `statement_timeout` of runs is a hard cap
 * where a stream may rightly take long; the deadline proper is execute()'s. Planning the catalogue's joins takes
 * longer than reading it, so that a prepared look-up is planned once.
 */
const useOptions = {
  runs: `${limits} -c statement_timeout=1h`,
  catalog: `${limits} -c statement_timeout=60s -c plan_cache_mode=force_generic_plan`,
} as const satisfies Record<Use, string>;

/** Where and as whom to connect, and, for a connection of a budget, what for. */
export type Endpoint = Pick<Server, 'host' | 'port' | 'tls'> & {
  login: Login;
  database: string;
  use?: Use;
};

/** A client for an endpoint, not yet connected. Its values are PostgreSQL's text, never JavaScript's guess. */
export function createClient(endpoint: Endpoint): pg.Client {
  const client = new pg.Client({
    host: endpoint.host,
    port: endpoint.port,
    user: endpoint.login.user,
    password: endpoint.login.password,
    database: endpoint.database,
    ssl: tlsOptions(endpoint),
    stream: guardedSocket,
    application_name: 'howdah',
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
    options: endpoint.use === undefined ? startupOptions : `${startupOptions} ${useOptions[endpoint.use]}`,
    types: { getTypeParser: () => (text: string) => text },
  });
  tapWhenConnecting(client);
  return client;
}

/** pg reads `sslmode` of a URL its own way, so that the TLS options are always built here. */
function tlsOptions({ tls }: Pick<Server, 'tls'>): ConnectionOptions | false {
  const ca = tls.ca ?? undefined;
  switch (tls.mode) {
    case 'disable':
      return false;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
      return { ca, checkServerIdentity: () => undefined };
    case 'verify-full':
      return { ca };
    default:
      return tls.mode satisfies never;
  }
}

/**
 * Sends PostgreSQL's CancelRequest for the backend that `client` is connected to, over a connection of its own
 * (encrypted where the server's are), and resolves when the server has taken it. It does not say whether
 * anything was running. Needs no free connection. Rejects when the server can't be reached.
 */
export function sendCancelRequest(endpoint: Endpoint, client: pg.Client): Promise<void> {
  const { processID, secretKey } = client as pg.Client & BackendKey;
  const ssl = tlsOptions(endpoint);
  const connection = new pg.Connection({ ssl: ssl === false ? undefined : ssl }) as pg.Connection &
    CancelConnection;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => connection.stream.destroy(new Error('timeout expired')),
      connectSeconds * 1000,
    );
    const settle = (error?: Error) => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    };
    connection.once('connect', () =>
      ssl === false ? connection.cancel(processID, secretKey) : connection.requestSsl(),
    );
    connection.once('sslconnect', () => connection.cancel(processID, secretKey));
    connection.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') settle(error);
    });
    connection.once('end', () => settle());
    connection.connect(endpoint.port, endpoint.host);
  });
}

/** What pg has but its types leave out. */
type BackendKey = { processID: number; secretKey: number };
type CancelConnection = {
  connect(port: number, host: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
};
