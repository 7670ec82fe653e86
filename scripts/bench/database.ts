import pg from 'pg';

/** Makes a database of the bench's own and runs `statements` in it one by one, unless it is there already. */
export async function ensureDatabase(
  urlOf: (database: string) => string,
  name: string,
  statements: string[],
): Promise<void> {
  const isNew = await withClient(urlOf('postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${name} template template0`);
    return rowCount === 0;
  });
  if (!isNew) return;
  console.log(`• Filling the database ${name}`);
  await withClient(urlOf(name), async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

/** Runs one statement of the bench's own. */
export async function onDatabase(url: string, statement: string): Promise<void> {
  await withClient(url, (client) => client.query(statement));
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
