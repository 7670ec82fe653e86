import 'server-only';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { env } from './env';
import { AppError } from './errors';
import { guardedLookup, isOpenAddress } from './postgres/address';
import type { AlertRow } from './store/schema-backups';

const timeoutMs = 10_000;

/** Ports of the web, and those that any program may listen on: nothing else is spoken to. */
function isWebPort(port: number): boolean {
  return port === 80 || port === 443 || port >= 1024;
}

/** Posts alerts to HOWDAH_WEBHOOK_URL. Rejects with AppError where they were not taken. */
export async function postWebhook(alerts: readonly AlertRow[]): Promise<void> {
  const { HOWDAH_WEBHOOK_URL: url = '', HOWDAH_WEBHOOK_SECRET: secret } = env();
  if (secret === undefined) {
    throw new AppError('invalid', 'HOWDAH_WEBHOOK_SECRET is not set, and nothing is posted unsigned.');
  }
  await postSigned(new URL(url), secret, JSON.stringify({ alerts: alerts.map(bodyOf) }));
}

/**
 * Posts JSON. `howdah-signature` is `sha256=` and the HMAC of `<howdah-timestamp>.<body>` with the secret. The address is
 * looked at after the name was resolved, redirects are not followed, and what is answered is not read. Rejects with
 * AppError.
 */
export async function postSigned(url: URL, secret: string, body: string): Promise<void> {
  requireOpen(url);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const status = await post(url, body, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'howdah-timestamp': timestamp,
    'howdah-signature': signatureOf(secret, timestamp, body),
  });
  if (status >= 200 && status < 300) return;
  throw new AppError('unreachable', `The webhook answered with status ${status}.`);
}

/** What a receiver computes to know that a body is Howdah's. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function bodyOf({ id, kind, server, database, message, raised_at }: AlertRow) {
  return { id, kind, server, database, message, raised_at: raised_at.toISOString() };
}

function requireOpen({ hostname, port, protocol }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  const isClosed = net.isIP(host) !== 0 && !isOpenAddress(host);
  if (!isClosed && isWebPort(Number(port || (protocol === 'https:' ? 443 : 80)))) return;
  throw new AppError('invalid', `Howdah posts nothing to ${host}${port === '' ? '' : `:${port}`}.`, {
    hint: 'Give the address of a web service.',
  });
}

function post(url: URL, body: string, headers: Record<string, string>): Promise<number> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, lookup: guardedLookup, timeout: timeoutMs, agent: false };
    const call = request(url, options, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    call.on('timeout', () =>
      call.destroy(new AppError('timeout', 'The webhook did not answer within 10 s.')),
    );
    call.on('error', reject);
    call.end(body);
  });
}
