import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../postgres/connection';
import { connect } from '../postgres/target';
import { enrolServer } from '../run-enrol';
import { type Fixture, openFixture } from '../testing/fixture';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture('');
});
afterAll(() => fixture.close());

const enrol = (url: string) => enrolServer({ slug: 'x', name: 'x', environment: 'staging', url });

/** A service that is no PostgreSQL, on this machine. */
async function serve(banner: string | null): Promise<{ port: number; close(): void }> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    if (banner !== null) socket.end(banner);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as net.AddressInfo).port, close };
}

test.each([
  'SSH-2.0-CANARY\r\n',
  'HTTP/1.1 400 Bad Request\r\n\r\nCANARY',
  'E\0\0\0\x10SFATAL\0MCANARY\0\0',
  'CANARY',
])('S44: of a service that says %j nothing is passed on', async (banner) => {
  const service = await serve(banner);
  for (const sslmode of ['disable', 'require']) {
    const error: unknown = await enrol(`postgres://u:p@127.0.0.1:${service.port}/d?sslmode=${sslmode}`).catch(
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: 'AppError' });
    const { message, hint } = error as { message: string; hint?: string };
    expect(`${message} ${hint}`).not.toContain('CANARY');
  }
  service.close();
});

test.each(['169.254.169.254', '[fe80::1]', '0.0.0.0', '[::ffff:169.254.169.254]'])(
  'S44: %s is not even tried',
  async (host) => {
    await expect(enrol(`postgres://u:p@${host}/d?sslmode=require`)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('does not connect to'),
    });
  },
);

test('S44: the address counts that a name leads to when it is used', async () => {
  const endpoint = { host: '127.0.0.1', port: 1, tls: { mode: 'disable' as const, ca: null }, database: 'd' };
  const client = createClient({ ...endpoint, host: '169.254.169.254', login: { user: 'u', password: 'p' } });
  client.on('error', () => undefined);
  await expect(client.connect()).rejects.toThrow(/does not connect to/);
  await expect(
    connect({ ...endpoint, host: 'localhost', login: { user: 'u', password: 'p' } }),
  ).rejects.toMatchObject({
    message: expect.stringContaining('Nothing listens on localhost:1'),
  });
});
