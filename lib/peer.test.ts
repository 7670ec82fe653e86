import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { originOf } from './origin';
import { notePeers } from './peer';

notePeers();

/** The address that a server of this process takes a request to come from. */
function addressSeen(headers: Record<string, string>): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((incoming, response) => {
      response.end();
      server.close();
      resolve(originOf(new Headers(incoming.headers as Record<string, string>)).address);
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      request({ port, host: '127.0.0.1', headers }).on('error', reject).end();
    });
  });
}

test('S08: the address of a request is its peer’s, whatever it says itself', async () => {
  expect(await addressSeen({})).toBe('127.0.0.1');
  expect(await addressSeen({ 'x-forwarded-for': '198.51.100.7' })).toBe('127.0.0.1');
  expect(await addressSeen({ 'x-forwarded-for': '198.51.100.7, 203.0.113.9' })).toBe('127.0.0.1');
});
