import { readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findClientTools } from './postgres/client-tools';
import { chooseTools } from './postgres/client-version';
import { requestBackup } from './run-backup';
import { encryptSecret } from './store/secrets';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary, wholeDatabase, workOff } from './testing/jobs';

const password = 'bk-rls-password';
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create role bk_rls login password '${password}';
    create table notes (id int, owner text); insert into notes values (1, 'bk_rls'), (2, 'somebody else');
    grant select on all tables in schema public to bk_rls;
    alter table notes enable row level security; create policy own on notes using (owner = current_user)`);
  const { rows } = await fixture.onStore.query("select id from servers where slug = 'demo'");
  await fixture.onStore.query("update servers set owner_user = 'bk_rls', owner_secret = $1", [
    encryptSecret(password, `${rows[0].id}:owner`),
  ]);
});
afterAll(async () => {
  await fixture.onTarget.query('drop owned by bk_rls; drop role bk_rls');
  await fixture.close();
  await data.remove();
});

async function take() {
  const place = { server: 'demo', database: fixture.target.name };
  const { id, job_id } = await requestBackup(await actorOf('admin'), place, wholeDatabase);
  return { id, job: await workOff(job_id) };
}

test('a role that row-level security shows only its own rows fails, and leaves no file', async () => {
  const url = Object.assign(new URL(fixture.target.url), { username: 'bk_rls', password });
  const seen = new pg.Client({ connectionString: url.href });
  await seen.connect();
  expect((await seen.query('select from notes')).rowCount).toBe(1);
  await seen.end();
  const { id, job } = await take();
  expect(summary(job)).toMatch(/^failed: pg_dump ended with code 1: .*row-level security policy/);
  expect((await readdir(path.join(data.folder, 'backups'))).filter((name) => name.startsWith(id))).toEqual(
    [],
  );
});

test('a role that may not read a table fails the same way', async () => {
  await fixture.onTarget.query(
    'alter table notes disable row level security; revoke select on notes from bk_rls',
  );
  expect(summary((await take()).job)).toMatch(/^failed: pg_dump ended with code 1: .*permission denied/);
});

test('S55: no client tool is as new as a server of the future, and it is said what to install', async () => {
  const found = await findClientTools();
  expect(found.length).toBeGreaterThan(0);
  expect(() => chooseTools(found, 99)).toThrow(
    expect.objectContaining({ code: 'conflict', hint: expect.stringMatching(/99/) }),
  );
});
