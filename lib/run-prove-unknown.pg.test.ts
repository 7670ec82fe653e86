import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { env } from './env';
import { addCheck, removeCheck } from './run-checks';
import { requestVerify } from './run-prove';
import { findBackup } from './store/backups';
import { encryptSecret } from './store/secrets';
import { takeBackup, verifyBackup, type Wanted } from './testing/backups';
import { actorOf, type Fixture, openFixture, until, useDataFolder } from './testing/fixture';
import { summary, workOff } from './testing/jobs';

const password = 'prove-unknown-password';
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

/** While there is a role `bk_slow` on the server, a copy takes its time over its table. */
beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create role bk_maker login superuser password '${password}';
    create function is_good(int) returns boolean language plpgsql as 'begin
      if exists (select from pg_catalog.pg_roles where rolname = ''bk_slow'') then perform pg_sleep(60); end if;
      return true; end';
    create table held (id int check (is_good(id))); insert into held values (1)`);
  const { rows } = await fixture.onStore.query("select id from servers where slug = 'demo'");
  await fixture.onStore.query("update servers set owner_user = 'bk_maker', owner_secret = $1", [
    encryptSecret(password, `${rows[0].id}:owner`),
  ]);
});
afterAll(async () => {
  await fixture.onTarget.query('drop owned by bk_maker; drop role bk_maker');
  await fixture.close();
  await data.remove();
});

const place = () => ({ server: 'demo', database: fixture.target.name });

/** Takes a backup and proves it. */
async function takeProven(wanted: Wanted = {}): Promise<string> {
  const id = await takeBackup(fixture, wanted);
  expect(summary(await verifyBackup(id))).toBe('succeeded');
  return id;
}

async function verify(id: string, meanwhile: (jobId: string) => Promise<void> = async () => undefined) {
  const { job_id } = await requestVerify(await actorOf('admin'), id, undefined);
  const [job] = await Promise.all([workOff(job_id), meanwhile(job_id)]);
  return { job, backup: await findBackup(await actorOf('admin'), id) };
}

/** Ends the backend that runs something like `query` in the copy. */
const endIn = (query: string) => (jobId: string) =>
  until(`${query} runs in the copy`, async () => {
    const { rowCount } = await fixture.onTarget.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = $1 and datname like 'howdah_restore%' and query ~* $2 and wait_event = 'PgSleep'`,
      [`howdah:${jobId}`, query],
    );
    return rowCount !== 0;
  });

const stillProven = { verified_at: expect.any(String), disproof: null, proof: expect.anything() };

test.each([
  ['an archive', {}],
  ['a script', { format: 'plain' } as const],
])('a server that ends the restore of %s says nothing about it', async (_, wanted) => {
  const id = await takeProven(wanted);
  await fixture.onTarget.query('create role bk_slow');
  try {
    const { job, backup } = await verify(id, endIn('copy .*held'));
    expect(summary(job)).toMatch(/^failed: .*terminating connection/);
    expect(backup).toMatchObject(stillProven);
  } finally {
    await fixture.onTarget.query('drop role bk_slow');
  }
});

test('nor does one that goes away over a check query', async () => {
  const id = await takeProven();
  const check = { ...place(), name: 'sleeps', sql: 'select pg_sleep(60) is not null' };
  const { id: checkId } = await addCheck(await actorOf('admin'), check);
  const { job, backup } = await verify(id, endIn('pg_sleep'));
  expect(summary(job)).toMatch(/^failed: .*terminating connection/);
  expect(backup).toMatchObject(stillProven);
  await removeCheck(await actorOf('admin'), { ...place(), id: checkId });
});

test('nor one that gives no database to restore into', async () => {
  const id = await takeProven();
  await fixture.onTarget.query('alter role bk_maker nosuperuser nocreatedb');
  const { job, backup } = await verify(id);
  await fixture.onTarget.query('alter role bk_maker superuser');
  expect(summary(job)).toMatch(/^failed: The new database could not be made: .* needs CREATEDB/);
  expect(backup).toMatchObject(stillProven);
});

test('nor a key that is not there', async () => {
  const identity = await generateIdentity();
  env().HOWDAH_BACKUP_RECIPIENTS = await identityToRecipient(identity);
  env().HOWDAH_BACKUP_IDENTITIES = identity;
  const id = await takeProven({ encrypt: true });
  for (const held of [await generateIdentity(), undefined]) {
    env().HOWDAH_BACKUP_IDENTITIES = held;
    const { job, backup } = await verify(id);
    expect(summary(job)).toMatch(/^failed: .*no key that opens it/);
    expect(backup).toMatchObject(stillProven);
  }
});
