import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBackup } from './store/backups';
import { encryptSecret } from './store/secrets';
import { takeBackup, verifyBackup } from './testing/backups';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary } from './testing/jobs';

const password = 'proof-owner-password';
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

beforeAll(async () => {
  data = await useDataFolder();
  fixture = await openFixture(`create role bk_creator login createdb createrole password '${password}';
    create role bk_stranger; create table theirs (id int); alter table theirs owner to bk_stranger;
    create function theirs_too() returns int language sql as 'select 1'; alter function theirs_too owner to bk_stranger;
    grant select on theirs to bk_creator; grant execute on function theirs_too to bk_creator;
    create schema own authorization bk_creator; set session authorization bk_creator;
    create table own.t (id serial primary key, kind varchar(9) check (kind in ('a', 'b')));
    insert into own.t (kind) select 'a' from generate_series(1, 50); grant select on own.t to bk_stranger;
    alter default privileges in schema own grant select on tables to bk_stranger; reset session authorization`);
  const { rows } = await fixture.onStore.query("select id from servers where slug = 'demo'");
  await fixture.onStore.query("update servers set owner_user = 'bk_creator', owner_secret = $1", [
    encryptSecret(password, `${rows[0].id}:owner`),
  ]);
});
afterAll(async () => {
  for (const role of ['bk_stranger', 'bk_creator'])
    await fixture.onTarget.query(`drop owned by ${role} cascade; drop role ${role}`);
  await fixture.close();
  await data.remove();
});

test('an owner who is no superuser proves what others own: that it belongs to them is not compared', async () => {
  const id = await takeBackup(fixture);
  const verify = await verifyBackup(id);
  expect(summary(verify)).toBe('succeeded');
  expect(verify.result?.missing_roles).toEqual(['bk_stranger']);
  expect((await findBackup(await actorOf('admin'), id)).proof).toMatchObject({
    tables: 2,
    rows: 50,
    sums: 2,
  });
});
