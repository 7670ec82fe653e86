import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { type SampleName, sampleNames } from '@/scripts/samples';
import { loadBackendDb } from '@/scripts/samples/backend-db';
import { loadBlog } from '@/scripts/samples/blog';
import { loadPgadmin } from '@/scripts/samples/pgadmin';
import { loadPracticePortal } from '@/scripts/samples/practice-portal';
import { loadUnmPrep } from '@/scripts/samples/unm-prep';
import { type Fixture, openFixture, requestOf, runAll } from '../testing/fixture';
import { legitimateReads, newerReads } from '../testing/legitimate-reads';

const load: Record<SampleName, (client: pg.Client) => Promise<void>> = {
  practice_portal: (client) => loadPracticePortal(client, { users: 200, sessions: 20, log: 40 }),
  unm_prep: (client) => loadUnmPrep(client, { admins: 2, teachers: 10, students: 100, courses: 20 }),
  pgadmin: (client) => loadPgadmin(client, { users: 50, posts: 200 }),
  backend_db: (client) => loadBackendDb(client, { users: 300, orders: 900, sessions: 20, log: 40 }),
  blog: (client) => loadBlog(client, { users: 200, posts: 2_000 }),
};

const databases = new Map<SampleName, TestDatabase>();
let fixture: Fixture;

beforeAll(async () => {
  for (const name of sampleNames) {
    const database = await createTestDatabase();
    databases.set(name, database);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await load[name](client);
    await client.end();
  }
  fixture = await openFixture('');
});
afterAll(async () => {
  await fixture.close();
  for (const database of databases.values()) await database.drop();
});

test.each(sampleNames)('S27: every legitimate read of %s is taken and answered', async (name) => {
  const refused: string[] = [];
  for (const sql of legitimateReads[name]) {
    const database = databases.get(name)?.name ?? '';
    const events = await runAll('reviewer', requestOf(fixture, sql, { database, maxRows: 100 })).catch(
      (error) => [{ type: 'error' as const, error }],
    );
    const last = events.at(-1);
    if (last?.type !== 'done') refused.push(`${sql}: ${JSON.stringify(last)}`);
  }
  expect(refused).toEqual([]);
});

test('S27: what older servers cannot parse they refuse themselves', async () => {
  const { rows } = await fixture.onTarget.query(
    "select current_setting('server_version_num')::int as version",
  );
  for (const sql of newerReads) {
    const events = await runAll('reviewer', requestOf(fixture, sql));
    const type = events.at(-1)?.type;
    if (rows[0].version >= 170_000) expect(type, sql).toBe('done');
    else expect(type, sql).toMatch(/^(done|error)$/);
  }
});
