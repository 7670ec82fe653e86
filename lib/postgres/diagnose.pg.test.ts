import { createServer, type Server } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase, testServer } from '@/scripts/embedded/test-database';
import type { Endpoint } from './connection';
import { findFault } from './diagnose';
import { connect } from './target';

let database: TestDatabase;
let admin: pg.Client;
let endpoint: Endpoint;

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: testServer() });
  await admin.connect();
  await admin.query(
    "create role nobody_logs_in nologin password 'x'; create role one_at_most login connection limit 0 password 'x'",
  );
  await admin.query(
    `revoke connect on database ${database.name} from public; create role outsider login password 'x'`,
  );
  const { hostname, port, username, password } = new URL(database.url);
  endpoint = {
    host: hostname,
    port: Number(port),
    tls: { mode: 'disable', ca: null },
    login: { user: username, password: decodeURIComponent(password) },
    database: database.name,
  };
});
afterAll(async () => {
  await database.drop();
  await admin.query('drop role nobody_logs_in, one_at_most, outsider');
  await admin.end();
});

async function explained(change: Partial<Endpoint>): Promise<string> {
  const error = await connect({ ...endpoint, ...change }).then(
    () => new Error('it connected'),
    (reason: Error) => reason,
  );
  const code = change.database === undefined ? 'unreachable' : 'not_found';
  expect(error).toMatchObject({ code, hint: expect.stringMatching(/\w/) });
  return error.message;
}

test('names the cause of a failed connection', async () => {
  expect(await explained({ port: 1 })).toMatch(/Nothing listens/);
  expect(await explained({ host: 'no-such-host.invalid' })).toMatch(/host name .* is not known/);
  expect(await explained({ database: 'nowhere' })).toMatch(/database "nowhere" does not exist/);
  expect(await explained({ login: { user: endpoint.login.user, password: 'wrong' } })).toMatch(
    /refused the password/,
  );
  expect(await explained({ login: { user: 'nobody_logs_in', password: 'x' } })).toMatch(
    /does not exist .* or may not log in/,
  );
  expect(await explained({ login: { user: 'one_at_most', password: 'x' } })).toMatch(/no free connection/);
  expect(await explained({ login: { user: 'outsider', password: 'x' } })).toMatch(/may not connect/);
  expect(await explained({ tls: { mode: 'verify-full', ca: null } })).toMatch(/does not speak TLS/);
});

test('a server that takes the connection and says nothing is given up', async () => {
  const silent: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await explained({ port })).toMatch(/does not answer/);
  silent.close();
});

function databaseError(code: string, routine: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('text in any language', 0, 'error'), { code, routine });
}

test('tells the faults that share a SQLSTATE apart', async () => {
  expect(await findFault(databaseError('28000', 'InitializeSessionUserId'), endpoint)).toBe('role_missing');
  const required = { ...endpoint, tls: { mode: 'require', ca: null } } as const;
  expect(await findFault(databaseError('28000', 'ClientAuthentication'), required)).toBe('hba_refused');
  expect(await findFault(databaseError('28000', 'ClientAuthentication'), endpoint)).toBe('hba_refused');
});
