import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireDatabaseName } from './postgres/new-database';
import { unfinishedName } from './postgres/unfinished-database';
import { requestBackup } from './run-backup';
import { listServerDatabases, openDesk } from './run-catalog';
import { listDatabaseRelations } from './run-relations';
import { quoteIdentifier } from './sql/literal';
import { actorOf, type Fixture, openFixture } from './testing/fixture';
import { wholeDatabase } from './testing/jobs';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture('select 1');
});

afterAll(() => fixture.close());

/** Makes a database that everybody may connect to, for as long as `work` takes. */
async function withDatabase(name: string, work: () => Promise<void>): Promise<void> {
  await fixture.onTarget.query(`create database ${quoteIdentifier(name)}`);
  try {
    await work();
  } finally {
    await fixture.onTarget.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
  }
}

const missing = (name: string) => ({
  code: 'not_found',
  message: `There is no database "${name}" for you on demo.`,
  hint: expect.stringContaining('dropped or renamed'),
});

test('a database that a restore still fills is neither listed nor opened, nor may a person take its name', async () => {
  const name = unfinishedName(randomUUID());
  await withDatabase(name, async () => {
    for (const role of ['reviewer', 'admin'] as const) {
      const actor = await actorOf(role);
      const names = (await listServerDatabases(actor, 'demo')).map((database) => database.name);
      expect(names).toContain(fixture.target.name);
      expect(names).not.toContain(name);
      await expect(openDesk(actor, 'demo', name, {})).rejects.toMatchObject(missing(name));
      const place = { server: 'demo', database: name };
      await expect(async () => listDatabaseRelations(actor, place, { limit: 1 })).rejects.toMatchObject(
        missing(name),
      );
    }
    await expect(
      requestBackup(await actorOf('admin'), { server: 'demo', database: name }, wholeDatabase),
    ).rejects.toMatchObject(missing(name));
  });
  expect(() => requireDatabaseName(name)).toThrow('is one that Howdah uses while it restores');
});

test('a database of a name that only begins like one is listed', async () => {
  const name = `howdah_restore_${randomUUID().slice(0, 8)}`;
  await withDatabase(name, async () => {
    const databases = await listServerDatabases(await actorOf('reviewer'), 'demo');
    expect(databases.map((database) => database.name)).toContain(name);
  });
});

test('a database that was dropped is missed by its name', async () => {
  const name = `gone ${randomUUID().slice(0, 8)}`;
  const actor = await actorOf('reviewer');
  const list = () => listDatabaseRelations(actor, { server: 'demo', database: name }, { limit: 1 });
  await withDatabase(name, async () => {
    expect(await list()).toEqual({ items: [], next: null });
  });
  await expect(list()).rejects.toMatchObject(missing(name));
});
