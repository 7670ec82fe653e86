import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import NextAuth from 'next-auth';
import { authOptions } from '../auth';

export type AuthServer = { url: string; close(): Promise<void> };

/** Howdah's own next-auth over HTTP on a free port, without the rest of Next. */
export async function openAuthServer(): Promise<AuthServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error) => outgoing.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** next-auth takes what Next's pages make of a request and its answer. Next says by which protocol a request came. */
async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  incoming.headers['x-forwarded-proto'] ??= 'http';
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const request = Object.assign(incoming, {
    query: { ...Object.fromEntries(searchParams), nextauth: pathname.split('/').slice(3) },
    body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    cookies: cookiesOf(incoming.headers.cookie ?? ''),
  });
  const response = Object.assign(outgoing, {
    status: (code: number) => Object.assign(outgoing, { statusCode: code }),
    json: (value: unknown) =>
      outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(value)),
    send: (body: unknown) =>
      outgoing.end(typeof body === 'object' ? JSON.stringify(body) : String(body ?? '')),
  });
  const headers = new Headers(incoming.headers as Record<string, string>);
  const handle: (request: object, response: object) => Promise<unknown> = NextAuth(authOptions(headers));
  await handle(request, response);
}

function cookiesOf(header: string): Record<string, string> {
  return Object.fromEntries(
    header
      .split(/;\s*/)
      .filter(Boolean)
      .map((pair) => [
        pair.slice(0, pair.indexOf('=')),
        decodeURIComponent(pair.slice(pair.indexOf('=') + 1)),
      ]),
  );
}
