import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { compareObjects } from '../compare-objects';
import type { InventoryObject } from '../manifest';
import { allObjectsRoles, allObjectsSql } from '../testing/all-objects';
import { listInventory } from './catalog/inventory';
import { createClient } from './connection';
import { parseServerUrl } from './url';

const scope = { hasDefinitions: true, hasPrivileges: true, withoutRoles: new Set<string>() };

let database: TestDatabase;
let client: pg.Client;
let before: InventoryObject[];

beforeAll(async () => {
  database = await createTestDatabase();
  client = createClient({ ...parseServerUrl(database.url), database: database.name });
  await client.connect();
  await client.query(allObjectsSql);
  before = await inventory();
});
afterAll(async () => {
  for (const role of allObjectsRoles) await client.query(`drop owned by ${role} cascade; drop role ${role}`);
  await client.end();
  await database.drop();
});

/** In a transaction that is rolled back, with what was altered before. */
async function inventory(alteration = ''): Promise<InventoryObject[]> {
  await client.query('begin');
  try {
    await client.query(alteration);
    await client.query('set local search_path = pg_catalog');
    return await listInventory(client, true);
  } finally {
    await client.query('rollback');
  }
}

test.each([
  [
    'create or replace view cheap as select id, kind::text as k, 1::bigint as count from plain',
    'view public.cheap',
  ],
  ['alter view cheap reset (security_barrier)', 'view public.cheap'],
  ['alter table plain alter at set default now()', 'default of public.plain.at'],
  [
    "alter table plain drop constraint plain_kind_check, add check (kind in ('a', 'b', 'c'))",
    'constraint public.plain.plain_kind_check',
  ],
  [
    'alter table refers drop constraint to_plain, add constraint to_plain foreign key (plain_id) references plain',
    'constraint public.refers.to_plain',
  ],
  ['drop index plain_lower; create index plain_lower on plain (lower(kind))', 'index public.plain_lower'],
  ['alter table plain set without cluster', 'index public.plain_pkey'],
  ['alter table plain enable trigger noted', 'trigger public.plain.noted'],
  [
    'create or replace trigger noted before insert on plain for each row execute function noted()',
    'trigger public.plain.noted',
  ],
  ['alter policy own_rows on plain using (true)', 'policy public.plain.own_rows'],
  ['alter policy own_rows on plain to object_reader', 'policy public.plain.own_rows'],
  ['alter table plain disable row level security', 'table public.plain'],
  ['alter table plain reset (toast.autovacuum_enabled)', 'table public.plain'],
  ['alter table plain replica identity default', 'table public.plain'],
  ['alter table logged set logged', 'table public.logged'],
  ['alter table child no inherit parent', 'table public.child'],
  ['alter table late alter a type varchar(30)', 'column public.late.a'],
  ['alter table plain alter kind drop not null', 'column public.plain.kind'],
  ['alter table plain alter id set generated always', 'column public.plain.id'],
  ['alter table plain alter raw set storage main', 'column public.plain.raw'],
  ['alter table plain alter kind set statistics 100', 'column public.plain.kind'],
  ["alter type mood rename value 'sad' to 'Sad'", 'type public.mood'],
  ["alter domain short set default 'y'", 'type public.short'],
  [
    'alter domain short drop constraint fits; alter domain short add constraint fits check (length(value) < 10)',
    'constraint public.short.fits',
  ],
  [
    "create or replace function twice(a int, b text default 'b') returns int language sql immutable strict set search_path = pg_catalog as 'select a * 3'",
    'routine public.twice(a integer, b text)',
  ],
  ['alter function twice security definer', 'routine public.twice(a integer, b text)'],
  [
    'drop rule ignore on cheap; create rule ignore as on delete to cheap do instead select 1',
    'rule public.cheap.ignore',
  ],
  ['alter sequence counter increment 2', 'sequence public.counter'],
  ['alter sequence owned owned by none', 'sequence public.owned'],
  ['alter event trigger seen enable', 'event trigger seen'],
  ["alter server nowhere options (set host 'b')", 'server nowhere'],
  ["alter publication told set (publish = 'insert, update')", 'publication told'],
  ['alter publication told drop table refers', 'publication told'],
  ['refresh materialized view unfilled', 'rows of public.unfilled'],
  ["comment on column plain.kind is 'another'", 'comment on table column public.plain.kind'],
  ["comment on trigger noted on plain is 'another'", 'comment on trigger noted on public.plain'],
  ['grant update on plain to object_reader', 'privileges of object_reader on table public.plain'],
  [
    'revoke grant option for select on plain from object_reader',
    'privileges of object_reader on table public.plain',
  ],
  [
    'grant insert (kind) on plain to object_reader',
    'privileges of object_reader on column public.plain.kind',
  ],
  ['grant update on parent to current_user', 'privileges of its owner on table public.parent'],
  ['alter table child owner to object_reader', 'owner of table public.child'],
  [
    'alter default privileges in schema "odd schema" grant update on tables to object_reader',
    'privileges of object_reader on future tables of postgres in "odd schema"',
  ],
])('%s', async (sql, name) => {
  expect(compareObjects(before, await inventory(sql), scope)).toContain(`${name} is not what it was`);
});

test('nothing else differs', async () => {
  expect(compareObjects(before, await inventory(), scope)).toEqual([]);
});
