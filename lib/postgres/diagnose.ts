import 'server-only';
import pg from 'pg';
import type { Diagnosis } from '../api-types';
import { AppError, errorText } from '../errors';
import { createClient, type Endpoint } from './connection';

/** Why a connection could not be opened. `not_postgres` and the rest of the unknown are `other`. */
export type ConnectFault =
  | 'refused'
  | 'no_such_host'
  | 'no_answer'
  | 'database_missing'
  | 'role_missing'
  | 'wrong_password'
  | 'hba_refused'
  | 'tls_required'
  | 'tls_unavailable'
  | 'certificate'
  | 'too_many_connections'
  | 'no_privilege'
  | 'starting'
  | 'other';

/**
 * The AppError for a failed connection: its cause as the message, its fix as the hint. `not_found` for a database
 * that does not exist, else `unreachable`.
 */
export async function unreachable(error: unknown, endpoint: Endpoint): Promise<AppError> {
  if (error instanceof AppError) return error;
  const fault = await findFault(error, endpoint);
  const { cause, fix } = explain(fault, endpoint, error);
  const sqlstate = error instanceof pg.DatabaseError ? error.code : undefined;
  return new AppError(fault === 'database_missing' ? 'not_found' : 'unreachable', cause, {
    hint: fix,
    sqlstate,
    cause: error,
  });
}

/**
 * Which fault an error of connecting is, by SQLSTATE, by the server's own routine where two faults share a
 * SQLSTATE, and by errno; never by text that the server translates. A refusal without TLS is tried again with.
 */
export async function findFault(error: unknown, endpoint: Endpoint): Promise<ConnectFault> {
  if (error instanceof pg.DatabaseError) {
    const fault = faultOfSqlstate(error);
    if (fault !== 'hba_refused' || endpoint.tls.mode !== 'disable') return fault;
    return (await isAcceptedWithTls(endpoint)) ? 'tls_required' : fault;
  }
  return faultOfSocket(error);
}

function faultOfSqlstate({ code, routine }: pg.DatabaseError): ConnectFault {
  switch (code) {
    case '3D000':
      return 'database_missing';
    case '28P01':
      return 'wrong_password';
    case '28000':
      return routine === 'ClientAuthentication' ? 'hba_refused' : 'role_missing';
    case '53300':
      return 'too_many_connections';
    case '42501':
      return 'no_privilege';
    case '57P03':
      return 'starting';
    default:
      return 'other';
  }
}

const certificateCodes = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/;

function faultOfSocket(error: unknown): ConnectFault {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no_such_host';
  if (certificateCodes.test(code)) return 'certificate';
  // pg's own constant texts: it gives these two no code.
  if (message === 'The server does not support SSL connections') return 'tls_unavailable';
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || message === 'timeout expired') return 'no_answer';
  return 'other';
}

async function isAcceptedWithTls(endpoint: Endpoint): Promise<boolean> {
  const client = createClient({ ...endpoint, tls: { mode: 'require', ca: null } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError && faultOfSqlstate(error) !== 'hba_refused';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The fault in a person's words, and what to do about it. */
export function explain(
  fault: ConnectFault,
  { host, port, database, login, tls }: Endpoint,
  error: unknown,
): Diagnosis {
  const at = `${host}:${port}`;
  switch (fault) {
    case 'refused':
      return {
        cause: `Nothing listens on ${at}: PostgreSQL is not running there, or on another port.`,
        fix: 'Start it (for example: sudo systemctl start postgresql), and check the port and listen_addresses.',
      };
    case 'no_such_host':
      return {
        cause: `The host name "${host}" is not known.`,
        fix: 'Check its spelling and the DNS of this machine.',
      };
    case 'no_answer':
      return {
        cause: `${at} does not answer.`,
        fix: 'Check that the host is up and that a firewall lets this machine in.',
      };
    case 'database_missing':
      return {
        cause: `The database "${database}" does not exist on ${at}.`,
        fix: `Check its name, or create it: createdb -h ${host} -p ${port} ${shellWord(database)}`,
      };
    case 'role_missing':
      return {
        cause: `The role "${login.user}" does not exist on ${at}, or may not log in.`,
        fix: `Create it: createuser -h ${host} -p ${port} -P ${shellWord(login.user)}`,
      };
    case 'wrong_password':
      return {
        cause: `${at} refused the password of role "${login.user}" (PostgreSQL answers the same when there is no such role).`,
        fix: `Check the password and the role's name. To set a new one in psql: \\password ${login.user}`,
      };
    case 'hba_refused':
      return {
        cause: `pg_hba.conf on ${at} has no line that lets role "${login.user}" into "${database}" from this machine.`,
        fix: `Add one, for example: host "${database}" "${login.user}" <this machine's address>/32 scram-sha-256 — then: select pg_reload_conf()`,
      };
    case 'tls_required':
      return {
        cause: `${at} accepts encrypted connections only.`,
        fix: 'Turn TLS on for this server (sslmode=verify-full, or require).',
      };
    case 'tls_unavailable':
      return {
        cause: `${at} does not speak TLS, and the connection asks for it (${tls.mode}).`,
        fix: 'Turn it on there (ssl = on, with a certificate), or turn TLS off for this server if the network is trusted.',
      };
    case 'certificate':
      return {
        cause: `The certificate of ${at} could not be verified: ${messageOf(error)}.`,
        fix: 'Give the CA that signed it, or use the host name that stands in it.',
      };
    case 'too_many_connections':
      return {
        cause: `${at} has no free connection for role "${login.user}": ${messageOf(error)}.`,
        fix: 'End idle sessions, or raise max_connections (or the CONNECTION LIMIT of the role or database).',
      };
    case 'no_privilege':
      return {
        cause: `Role "${login.user}" may not connect to "${database}" on ${at}.`,
        fix: `In psql: grant connect on database "${database}" to "${login.user}"`,
      };
    case 'starting':
      return {
        cause: `PostgreSQL on ${at} is starting, stopping or recovering.`,
        fix: 'Wait a moment and try again.',
      };
    case 'other':
      return {
        cause: isSaidByPostgres(error)
          ? `Connecting to ${at} failed: ${messageOf(error)}.`
          : `What answers on ${at} does not speak PostgreSQL's protocol.`,
        fix: 'Check the address and the port; the log of the PostgreSQL server has more.',
      };
    default:
      return fault satisfies never;
  }
}

/** What another service answers is not passed on: it may be one that only this machine reaches. */
function isSaidByPostgres(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^[0-9A-Z]{5}$/.test(error.code ?? '');
  return error instanceof Error && 'syscall' in error;
}

function messageOf(error: unknown): string {
  return errorText(error).replace(/\.$/, '');
}

/** A name as one word of a POSIX shell, for a command that is shown, never run. */
function shellWord(text: string): string {
  return /^[\w.@-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
