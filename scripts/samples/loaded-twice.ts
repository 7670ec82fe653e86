import pg from 'pg';
import { createTestDatabase, testServer } from '../embedded/test-database';

/** A sample at a small size, loaded into two databases of the test's own. */
export interface LoadedTwice {
  /** A superuser's connection to the first. */
  client: pg.Client;
  /** The first row of a query on the first. */
  first(sql: string): Promise<Record<string, unknown> | undefined>;
  /** For each of the two, the rows and the digest of every table. */
  digests(): Promise<Record<string, string>[]>;
  /** Drops the databases and those of `roles` that were not on the server before. */
  close(): Promise<void>;
}

/** Loads a sample twice. `roles` are those that it makes, which belong to the whole server. */
export async function loadTwice(
  load: (client: pg.Client) => Promise<void>,
  roles: readonly string[] = [],
): Promise<LoadedTwice> {
  const known = await listRoles();
  const databases = [await createTestDatabase(), await createTestDatabase()];
  const clients = databases.map(({ url }) => new pg.Client({ connectionString: url }));
  for (const client of clients) {
    await client.connect();
    await load(client);
  }
  const [client] = clients;
  if (!client) throw new Error('There is no database.');
  return {
    client,
    first: async (sql) => (await client.query(sql)).rows[0],
    digests: () => Promise.all(clients.map(digestTables)),
    close: async () => {
      await Promise.all(clients.map((each) => each.end()));
      await Promise.all(databases.map((database) => database.drop()));
      await dropRoles(roles.filter((role) => !known.includes(role)));
    },
  };
}

/** `rows md5` of every table of the schema public. */
async function digestTables(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  const digests: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await client.query<{ digest: string }>(`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text collate "C")), '') as digest
      from public.${pg.escapeIdentifier(name)} t`);
    digests[name] = found.rows[0]?.digest ?? '';
  }
  return digests;
}

async function listRoles(): Promise<string[]> {
  return onServer(async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
    return rows.map(({ rolname }) => rolname);
  });
}

async function dropRoles(roles: string[]): Promise<void> {
  await onServer(async (client) => {
    for (const role of roles) await client.query(`drop role if exists ${pg.escapeIdentifier(role)}`);
  });
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: testServer() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
