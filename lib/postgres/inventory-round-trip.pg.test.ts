import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { loadBackendDb } from '@/scripts/samples/backend-db';
import { loadBlog } from '@/scripts/samples/blog';
import { loadPgadmin } from '@/scripts/samples/pgadmin';
import { loadPracticePortal } from '@/scripts/samples/practice-portal';
import { loadUnmPrep } from '@/scripts/samples/unm-prep';
import { compareObjects } from '../compare-objects';
import { allObjectsRoles, allObjectsSql } from '../testing/all-objects';
import { allTypesSql } from '../testing/all-types';
import { hostileSql, oddShapesSql } from '../testing/hostile';
import { listInventory } from './catalog/inventory';
import { listSequenceValues } from './catalog/sequence-values';
import { findClientTools } from './client-tools';
import { chooseTools } from './client-version';
import { createClient } from './connection';
import { dumpDatabase } from './dump';
import { restoreArchive } from './restore';
import { beginLook } from './snapshot';
import { parseServerUrl } from './url';

const scope = { hasDefinitions: true, hasPrivileges: true, withoutRoles: new Set<string>() };
const sampleRoles = ['pguser', 'practice_portal_read', 'practice_portal_write', 'readonly', 'reporter'];

let folder: string;
let major: number;
let objects: TestDatabase;
let client: pg.Client;
let known: string[];
let before: Awaited<ReturnType<typeof inventoryOf>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-inventory-'));
  objects = await createTestDatabase();
  client = await connect(objects);
  known = await listRoles();
  const { rows } = await client.query('show server_version_num');
  major = Math.floor(Number(rows[0].server_version_num) / 10_000);
  await client.query(allObjectsSql);
  before = await inventoryOf(client);
});
afterAll(async () => {
  const made = [...allObjectsRoles, ...sampleRoles].filter((role) => !known.includes(role));
  await client.end();
  await objects.drop();
  const server = await createTestDatabase();
  const last = await connect(server);
  for (const role of made) await last.query(`drop role if exists ${role}`);
  await last.end();
  await server.drop();
  await rm(folder, { recursive: true });
});

async function connect(database: TestDatabase): Promise<pg.Client> {
  const connected = createClient({ ...parseServerUrl(database.url), database: database.name });
  await connected.connect();
  return connected;
}

async function listRoles(): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
  return rows.map(({ rolname }) => rolname);
}

/** What is in a database, as a backup's job and its proof see it. */
async function inventoryOf(on: pg.Client) {
  await beginLook(on);
  try {
    return { objects: await listInventory(on, true), sequences: await listSequenceValues(on) };
  } finally {
    await on.query('rollback');
  }
}

/** What a dump and its restore leave of a database. */
async function copyOf(source: TestDatabase) {
  const copy = await createTestDatabase({ template: 'template0' });
  const file = path.join(folder, source.name);
  const common = {
    jobId: crypto.randomUUID(),
    signal: new AbortController().signal,
    onMessage: () => undefined,
  };
  const tools = chooseTools(await findClientTools(), major);
  try {
    const wanted = { format: 'custom', contents: 'all', relations: null } as const;
    const dump = { ...common, endpoint: parseServerUrl(source.url), tools, snapshot: null, wanted };
    await writeFile(file, dumpDatabase(dump));
    const { problems, missingRoles } = await restoreArchive({
      ...common,
      ...{ tools, serverMajor: major, endpoint: parseServerUrl(copy.url), ownRoles: [], picked: null },
      openArchive: () => open(file),
      onProgress: () => undefined,
    });
    expect({ problems, missingRoles }).toEqual({ problems: [], missingRoles: [] });
    const on = await connect(copy);
    return await inventoryOf(on).finally(() => on.end());
  } finally {
    await copy.drop();
  }
}

describe('S57: a good restore shows no difference', () => {
  const fill = (sql: string) => async (on: pg.Client) => void (await on.query(sql));
  test.each([
    ['practice_portal', (on: pg.Client) => loadPracticePortal(on, { users: 60, sessions: 20, log: 30 })],
    ['unm_prep', (on: pg.Client) => loadUnmPrep(on, { admins: 1, teachers: 5, students: 60, courses: 6 })],
    ['pgadmin', (on: pg.Client) => loadPgadmin(on, { users: 100, posts: 3_000 })],
    ['backend_db', (on: pg.Client) => loadBackendDb(on, { users: 60, orders: 60, sessions: 20, log: 20 })],
    ['blog', (on: pg.Client) => loadBlog(on, { users: 60, posts: 600 })],
    ['hostile names', fill(`${hostileSql};${oddShapesSql}`)],
    ['every type', fill(allTypesSql)],
  ])('of %s', async (_, load) => {
    const source = await createTestDatabase({ template: 'template0' });
    const on = await connect(source);
    try {
      await load(on);
      const seen = await inventoryOf(on);
      expect(seen.objects.length).toBeGreaterThan(20);
      const copy = await copyOf(source);
      expect(compareObjects(seen.objects, copy.objects, scope)).toEqual([]);
      expect(copy.sequences.sort(byName)).toEqual(seen.sequences.sort(byName));
    } finally {
      await on.end();
      await source.drop();
    }
  });

  test('of one object a kind', async () => {
    const copy = await copyOf(objects);
    expect(compareObjects(before.objects, copy.objects, scope)).toEqual([]);
    expect(copy.sequences.sort(byName)).toEqual(before.sequences.sort(byName));
  });
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
