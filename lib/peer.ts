import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

type Started = { request: IncomingMessage; socket: Socket };

/**
 * Adds the address of the peer to x-forwarded-for of every request that this process gets, as each proxy does. Next adds it
 * only where there is none yet, so that a client could name any address as its own.
 */
export function notePeers(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as Started;
    const named = request.headers['x-forwarded-for'];
    request.headers['x-forwarded-for'] = [named, socket.remoteAddress].flat().filter(Boolean).join(', ');
  });
}
