import pg from 'pg';
import type { EmbeddedServer } from '../embedded/server';
import type { Secrets } from './secrets';

const database = 'howdah';

/** The URLs of a store: for the app, for migrations, for a superuser who looks in from outside. */
export interface StoreUrls {
  app: string;
  owner: string;
  superuser: string;
}

/** Makes the store's roles and its empty database on the embedded server; roles that exist get their password again. */
export async function ensureStore(server: EmbeddedServer, secrets: Secrets): Promise<StoreUrls> {
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  try {
    await ensureRole(client, 'howdah_owner', secrets.ownerPassword);
    await ensureRole(client, 'howdah_app', secrets.appPassword);
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (!found.rowCount) await client.query(`create database ${database} owner howdah_owner`);
    await client.query(`revoke all on database ${database} from public`);
  } finally {
    await client.end();
  }
  return {
    app: urlAs(server, 'howdah_app', secrets.appPassword),
    owner: urlAs(server, 'howdah_owner', secrets.ownerPassword),
    superuser: server.url(database),
  };
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [role]);
  const verb = found.rowCount ? 'alter' : 'create';
  await client.query(`${verb} role ${role} login password ${pg.escapeLiteral(password)}`);
}

function urlAs(server: EmbeddedServer, role: string, password: string): string {
  const url = new URL(server.url(database));
  url.username = role;
  url.password = password;
  return url.href;
}
