import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deferred, deferred } from './deferred';
import { singleton } from './singleton';

/** How long a page that is slow may keep its frame from being sent, in milliseconds: then its status is 200. */
const patienceMs = 5_000;

/** A document that is asked for: Next's own requests within a page want data, and take any status but 200 for a broken one. */
type Document = { response: ServerResponse; decided: Deferred<void> };

function documents(): AsyncLocalStorage<Document | null> {
  return singleton('page-status.documents', () => new AsyncLocalStorage<Document | null>());
}

/**
 * Keeps the answer of every request at hand for the page that makes it. Next lets no page choose its status: it sends 200 with
 * the first loading state, before the page knows whether it may be seen.
 */
export function keepAnswers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const isDocument = request.headers.rsc === undefined;
    documents().enterWith(isDocument ? { response, decided: deferred() } : null);
  });
}

/** Gives the answer its status, where it can still be given, and lets it be sent. */
export function decideStatus(status: number): void {
  const document = documents().getStore();
  if (!document) return;
  if (!document.response.headersSent) document.response.statusCode = status;
  document.decided.resolve();
}

/** Resolves when the page of this answer has decided on its status, or takes too long to wait for. */
export async function statusDecided(): Promise<void> {
  const document = documents().getStore();
  if (!document) return;
  const ended = new AbortController();
  const tooLong = sleep(patienceMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([document.decided.promise, tooLong]);
  ended.abort();
}
