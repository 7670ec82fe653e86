import 'server-only';
import { AppError } from '../errors';
import type { TlsMode } from '../server';
import type { Endpoint } from './connection';

/** libpq's words for TLS; `allow` and `prefer` promise nothing, so that they count as no TLS. */
const tlsOfSslmode: Record<string, TlsMode> = {
  disable: 'disable',
  allow: 'disable',
  prefer: 'disable',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/;

/**
 * Where a `postgres://` URL leads. Without `sslmode` a remote host is spoken to with TLS, fully verified.
 * Throws AppError `invalid`.
 */
export function parseServerUrl(text: string): Endpoint {
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new AppError('invalid', 'This is not the address of a PostgreSQL server.', {
      hint: 'It looks like: postgres://user:password@host:5432/database',
    });
  }
  const { hostname, port, username, password, pathname, searchParams } = new URL(text);
  const user = decodeURIComponent(username) || 'postgres';
  const sslmode = searchParams.get('sslmode');
  const mode =
    sslmode === null ? (loopback.test(hostname) ? 'disable' : 'verify-full') : tlsOfSslmode[sslmode];
  if (mode === undefined) throw new AppError('invalid', `sslmode=${sslmode} is not one of libpq's modes.`);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    tls: { mode, ca: null },
    login: { user, password: decodeURIComponent(password) },
    database: decodeURIComponent(pathname.slice(1)) || user,
  };
}
