import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { uncached } from './answer-headers';
import { env } from './env';

/** Headers by which a proxy says what the browser sent; from anybody else they are claims. */
const forwarded = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

/** Headers that Next and proxy.ts use among themselves, and one for server actions, of which there are none. */
const internal = /^(?:x-middleware-|x-invoke-|x-matched-path$|x-nextjs-|x-howdah-|x-nonce$|next-action$)/;

/** On every answer, whatever makes it. */
const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/** What nobody may keep; what a handler says itself takes its place. */
const ofApi = {
  ...uncached,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const;

const yearOfTls = 'max-age=31536000; includeSubDomains';

/**
 * Stands before every request, pages and files included, from the start of the process on: takes away what a client must
 * not say, and sets the headers that every answer carries. Node announces a request here before Next sees it.
 */
export function guardHttp(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    guardRequest(request);
    guardResponse(request, response);
  });
}

/** Leaves a request only what whoever sent it may say. */
export function guardRequest({ headers }: Pick<IncomingMessage, 'headers'>): void {
  if (env().HOWDAH_TRUSTED_PROXIES === 0) for (const name of forwarded) delete headers[name];
  for (const name of Object.keys(headers)) if (internal.test(name)) delete headers[name];
}

function guardResponse({ headers, url = '' }: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  if (url.startsWith('/api/'))
    for (const [name, value] of Object.entries(ofApi)) response.setHeader(name, value);
  if (isBehindTls(headers)) response.setHeader('strict-transport-security', yearOfTls);
}

/** Howdah itself speaks no TLS: a proxy of ours says that it does, or the address that people type. */
function isBehindTls(headers: IncomingMessage['headers']): boolean {
  return headers['x-forwarded-proto'] === 'https' || env().NEXTAUTH_URL?.startsWith('https:') === true;
}
