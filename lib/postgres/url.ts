import 'server-only';
import { AppError } from '../errors';
import type { TlsMode } from '../server';
import type { Endpoint } from './connection';

/** libpq's words for TLS; `allow` and `prefer` promise nothing, so that they count as no TLS, near by alone. */
const tlsOfSslmode: Record<string, TlsMode> = {
  disable: 'disable',
  allow: 'disable',
  prefer: 'disable',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/;

/** Hosts to which somebody may choose to speak without TLS: this machine, private networks, names of a local network. */
const nearby =
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|\[f[cd][\da-f]{2}:.*\]|[a-z][\w-]*|.*\.(local|internal|lan))$/i;

/** A host name or an IP address, one of them: no list, no socket's path, nothing that a resolver reads as a number. */
const hostForm = /^([a-z_][\w.-]*|\d+\.\d+\.\d+\.\d+|\d(?!x)[\w-]*[a-z-][\w.-]*|\[[\da-f:.]+\])$/i;

/**
 * Where a `postgres://` URL leads. Without `sslmode` a remote host is spoken to with TLS, fully verified. Of all that a
 * URL of libpq may hold, only `sslmode` is taken: the rest could name files, programs or other hosts. Throws AppError
 * `invalid`.
 */
export function parseServerUrl(text: string): Endpoint {
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new AppError('invalid', 'This is not the address of a PostgreSQL server.', {
      hint: 'It looks like: postgres://user:password@host:5432/database',
    });
  }
  const { hostname, port, username, password, pathname, searchParams } = new URL(text);
  checkParts(hostname, searchParams);
  const user = decodeURIComponent(username) || 'postgres';
  const sslmode = searchParams.get('sslmode');
  const mode =
    sslmode === null ? (loopback.test(hostname) ? 'disable' : 'verify-full') : tlsOfSslmode[sslmode];
  if (mode === undefined) throw new AppError('invalid', `sslmode=${sslmode} is not one of libpq's modes.`);
  if (mode === 'disable' && !nearby.test(hostname)) {
    throw new AppError('invalid', `sslmode=${sslmode} would send the password to ${hostname} unprotected.`, {
      hint: 'Use sslmode=verify-full, or require where its certificate cannot be verified.',
    });
  }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    tls: { mode, ca: null },
    login: { user, password: decodeURIComponent(password) },
    database: decodeURIComponent(pathname.slice(1)) || user,
  };
}

function checkParts(hostname: string, params: URLSearchParams): void {
  const surplus = [...params.keys()].find((name) => name !== 'sslmode');
  if (surplus !== undefined || params.getAll('sslmode').length > 1) {
    throw new AppError(
      'invalid',
      `The URL holds ${surplus ?? 'sslmode twice'}, which Howdah does not take.`,
      {
        hint: 'Leave everything behind the question mark out, but for one sslmode.',
      },
    );
  }
  if (hostForm.test(hostname)) return;
  throw new AppError('invalid', 'The URL does not name one host, by its name or its IP address.', {
    hint: 'It looks like: postgres://user:password@host:5432/database',
  });
}
