import pg from 'pg';
import { backendDbSize, loadBackendDb } from './backend-db';
import { blogSize, loadBlog } from './blog';
import { loadPgadmin, pgadminSize } from './pgadmin';
import { loadPracticePortal, practicePortalSize } from './practice-portal';
import { loadUnmPrep, unmPrepSize } from './unm-prep';

/** The sample databases: each makes its objects and rows in an empty database. */
export const samples = {
  practice_portal: (client: pg.Client) => loadPracticePortal(client, practicePortalSize),
  unm_prep: (client: pg.Client) => loadUnmPrep(client, unmPrepSize),
  pgadmin: (client: pg.Client) => loadPgadmin(client, pgadminSize),
  backend_db: (client: pg.Client) => loadBackendDb(client, backendDbSize),
  blog: (client: pg.Client) => loadBlog(client, blogSize),
} as const satisfies Record<string, (client: pg.Client) => Promise<void>>;

export type SampleName = keyof typeof samples;

/** All of them, in the order in which they are loaded. */
export const sampleNames = Object.keys(samples) as SampleName[];

/** Foreign keys are not looked up row by row, which takes half of the time: the samples' tests load with them. */
const withoutChecks = 'set session_replication_role = replica';

/**
 * Makes the sample database `name` unless it is there. It is filled under another name and renamed at the end, so that a
 * half-loaded one is never taken for whole. `serverUrl` is a superuser's URL.
 */
export async function loadSample(
  serverUrl: string,
  name: SampleName,
): Promise<{ created: boolean; seconds: number }> {
  const start = performance.now();
  const created = await withClient(serverUrl, 'postgres', async (server) => {
    const { rowCount } = await server.query('select from pg_database where datname = $1', [name]);
    if (rowCount) return false;
    const unfinished = `howdah_unfinished_${name}`;
    await server.query(`drop database if exists ${unfinished} with (force)`);
    await server.query(`create database ${unfinished} template template0`);
    await withClient(serverUrl, unfinished, async (client) => {
      await client.query(withoutChecks);
      await samples[name](client);
    });
    await server.query(`alter database ${unfinished} rename to ${name}`);
    return true;
  });
  return { created, seconds: (performance.now() - start) / 1_000 };
}

async function withClient<T>(
  serverUrl: string,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
