import type { BrowserContext } from '@playwright/test';
import { expect, settings } from './fixtures';

/** Sees what a browser asks for and what goes wrong in it. */
export type Witness = {
  /** Every address that was asked for, web sockets included. */
  urls: string[];
  /** Errors in the console, uncaught errors, and what the Content-Security-Policy refused. */
  troubles: string[];
};

/** Watches all pages of a browser from now on; call it before the first page goes anywhere. */
export async function watch(context: BrowserContext): Promise<Witness> {
  const witness: Witness = { urls: [], troubles: [] };
  context.on('request', (request) => witness.urls.push(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => witness.urls.push(socket.url())));
  context.on('console', (message) => {
    if (message.type() === 'error') witness.troubles.push(message.text());
  });
  context.on('weberror', (error) => witness.troubles.push(String(error.error())));
  await context.exposeFunction('reportViolation', (text: string) => witness.troubles.push(text));
  await context.addInitScript(() => {
    const report = (globalThis as typeof globalThis & { reportViolation(text: string): void })
      .reportViolation;
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      report(`${violatedDirective} refused ${blockedURI}`),
    );
  });
  return witness;
}

/** Expects that only Howdah's own address was asked, and that nothing went wrong. */
export function expectCleanRecord({ urls, troubles }: Witness): void {
  const origin = new URL(settings.baseUrl).origin;
  const isOwn = (url: string) => url.startsWith('data:') || new URL(url).origin === origin;
  expect(urls, 'the witness saw the pages').not.toHaveLength(0);
  expect(urls.filter((url) => !isOwn(url))).toEqual([]);
  expect(troubles).toEqual([]);
}
