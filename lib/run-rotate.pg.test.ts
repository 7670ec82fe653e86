import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inherit, root } from '@/scripts/settings';
import { store } from './store/db';
import { retire } from './store/instances';
import { decryptSecret } from './store/secrets';
import { findServer } from './store/servers';
import { actorOf, type Fixture, openFixture, requestOf, runAll } from './testing/fixture';

let fixture: Fixture;
let folder: string;
const oldSecret = 'howdah-development-secret-not-for-production';
const newSecret = 'a-new-secret-of-more-than-32-characters';

beforeAll(async () => {
  fixture = await openFixture('');
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-rotate-'));
  await runAll('reviewer', requestOf(fixture, 'select 1'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await fixture.close();
});

type Ended = { code: number; output: string };

/** Runs a command of the console as a person does. */
function command(script: string, env: Record<string, string>): Promise<Ended> {
  const given = { DATABASE_URL: fixture.store.url, HOWDAH_OWNER_URL: '', HOWDAH_DATA: folder, ...env };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', `scripts/${script}.ts`],
      { cwd: root, env: inherit({ ...given, VITEST: undefined }) },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
        resolve({ code, output: `${stdout}${stderr}` });
      },
    );
  });
}

const rotate = (env: Record<string, string> = {}) =>
  command('rotate-secret', { HOWDAH_SECRET: newSecret, HOWDAH_OLD_SECRET: oldSecret, ...env });

const readServer = () =>
  store().selectFrom('servers').selectAll().where('slug', '=', 'demo').executeTakeFirstOrThrow();

test('it is refused while an instance lives, without the old secret, and with a wrong one: nothing changes', async () => {
  const before = await readServer();
  expect(await rotate()).toMatchObject({
    code: 1,
    output: expect.stringMatching(/Howdah runs on this store/),
  });
  await retire();
  expect(await rotate({ HOWDAH_OLD_SECRET: '' })).toMatchObject({
    code: 1,
    output: expect.stringMatching(/HOWDAH_OLD_SECRET is not set/),
  });
  expect(await rotate({ HOWDAH_OLD_SECRET: 'w'.repeat(40) })).toMatchObject({
    code: 1,
    output: expect.stringMatching(/under another HOWDAH_SECRET/),
  });
  expect(await readServer()).toEqual(before);
});

test('S46: every credential is under the new secret, all seals stay verifiable by it alone', async () => {
  const server = await findServer(await actorOf('admin'), 'demo');
  const before = (['owner', 'write', 'read'] as const).map((level) => server.login(level)?.password);
  expect(await rotate()).toMatchObject({
    code: 0,
    output: expect.stringMatching(/3 credentials were encrypted anew/),
  });
  const row = await readServer();
  const after = (['owner', 'write', 'read'] as const).map((level) =>
    decryptSecret(row[`${level}_secret`] ?? '', `${row.id}:${level}`, newSecret),
  );
  expect(after).toEqual(before);
  expect(await rotate()).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^0 credentials|\n0 credentials/),
  });
  const verdict = await command('verify', { HOWDAH_SECRET: newSecret });
  expect(verdict).toMatchObject({ code: 0, output: expect.stringMatching(/"ok":true/) });
});
