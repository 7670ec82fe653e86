import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '@/scripts/embedded/test-database';
import type { RelationDetail } from './api-types';
import {
  describeDatabaseRelation,
  listDatabaseExtensions,
  listDatabaseRelations,
  listDatabaseRoutines,
  listDatabaseSequences,
  listDatabaseTypes,
} from './run-relations';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture } from './testing/fixture';
import { oddShapesSql } from './testing/hostile';

let fixture: Fixture;
let actor: Actor;

beforeAll(async () => {
  fixture = await openFixture(`
    create schema shop;
    create type shop.mood as enum ('sad', 'it''s ok', 'keen');
    create domain shop.email as text default 'a@b' not null check (value like '%@%');
    create type shop.pair as (x int, y text);
    create type shop.span as range (subtype = float8);
    create function shop.touch() returns trigger language plpgsql as $$ begin return new; end $$;
    create function shop.add(a int, b int default 1) returns int language sql immutable security definer
      as 'select a + b';
    create function shop.add(a text, b text) returns text language sql as 'select a || b';
    create procedure shop.pay(inout total int) language plpgsql as $$ begin total := 1; end $$;
    create aggregate shop.total(int) (sfunc = int4pl, stype = int);
    comment on function shop.touch() is 'does nothing';
    create table shop.customers (
      id bigint generated always as identity (start with 100 increment by 5),
      code serial,
      name varchar(40) collate "C" not null default 'it''s',
      mood shop.mood default 'keen',
      email shop.email,
      tags text[] default '{}',
      price numeric(12, 2) check (price > 0),
      twice numeric generated always as (price * 2) stored,
      boss bigint,
      constraint customers_pkey primary key (id),
      constraint named_code unique (code) deferrable initially deferred
    ) with (fillfactor = 70);
    alter table shop.customers add constraint boss_exists foreign key (boss) references shop.customers on delete set null;
    create index by_lower on shop.customers (lower(name), price desc) where price > 10;
    create unique index by_email on shop.customers (email) include (name);
    create trigger touching before update on shop.customers for each row execute function shop.touch();
    alter table shop.customers disable trigger touching;
    alter table shop.customers enable row level security;
    create policy own on shop.customers as restrictive for select to public using (boss is null);
    create policy adding on shop.customers for insert with check (price > 1);
    comment on table shop.customers is 'who''s who \\ 🐘';
    comment on column shop.customers.name is 'the "name"';
    comment on constraint named_code on shop.customers is 'one each';
    comment on index shop.by_lower is 'search';
    create table shop.orders (id int primary key, customer bigint not null);
    alter table shop.orders add constraint orders_customer_fkey foreign key (customer) references shop.customers not valid;
    create view shop.rich with (security_barrier) as select id, name from shop.customers where price > 100;
    create view shop.richest as select r.name, o.id from shop.rich r join shop.orders o on o.customer = r.id;
    create materialized view shop.kept as select mood, count(*) as n from shop.customers group by mood;
    create unique index on shop.kept (mood);
    create table shop.by_year (at date not null, n int default 3, primary key (at)) partition by range (at);
    create table shop.in_2025 partition of shop.by_year for values from ('2025-01-01') to ('2026-01-01');
    create unlogged table shop.cache (k text primary key);
    create sequence shop.counter as smallint increment by 3 start with 7 cycle;
    create table public.never_analysed as select 1 as x;
    ${oddShapesSql}
    analyze shop.customers;
  `);
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const database = () => ({ server: 'demo', database: fixture.target.name });
const describeIt = (relation: string, schema = 'shop') =>
  describeDatabaseRelation(actor, { ...database(), schema, relation });

describe('a structure', () => {
  test('has columns, constraints, indexes, triggers, policies and what refers to it', async () => {
    const detail = await describeIt('customers');
    expect(detail).toMatchObject({
      kind: 'table',
      owner: expect.any(String),
      comment: "who's who \\ 🐘",
      row_security: true,
      partition_of: null,
      estimated_rows: 0,
      size_bytes: expect.any(Number),
    });
    const column = (name: string) => detail.columns.find((candidate) => candidate.name === name);
    expect(column('id')).toMatchObject({
      type: 'bigint',
      identity: 'always',
      nullable: false,
      default: null,
    });
    expect(column('name')).toEqual({
      name: 'name',
      type: 'character varying(40)',
      type_oid: 1043,
      nullable: false,
      default: "'it''s'::character varying",
      identity: null,
      generated: null,
      comment: 'the "name"',
    });
    expect(column('mood')).toMatchObject({ type: 'shop.mood', enum_labels: ['sad', "it's ok", 'keen'] });
    expect(column('email')).toMatchObject({ type: 'shop.email', nullable: false });
    expect(column('twice')).toMatchObject({ generated: 'stored', default: '(price * (2)::numeric)' });
    expect(detail.constraints.map(({ name, type, columns }) => [name, type, columns])).toEqual([
      ['customers_pkey', 'primary_key', ['id']],
      ['named_code', 'unique', ['code']],
      ['boss_exists', 'foreign_key', ['boss']],
      ['customers_price_check', 'check', ['price']],
    ]);
    expect(detail.constraints[2]?.references).toEqual({
      schema: 'shop',
      relation: 'customers',
      columns: ['id'],
    });
    expect(detail.indexes.find(({ name }) => name === 'by_lower')).toMatchObject({
      columns: ['lower(name::text)', 'price'],
      is_unique: false,
      is_valid: true,
      size_bytes: 8192,
      comment: 'search',
    });
    expect(detail.indexes[0]).toMatchObject({ name: 'customers_pkey', is_primary: true });
    expect(detail.triggers).toMatchObject([{ name: 'touching', enabled: 'disabled' }]);
    expect(detail.policies).toEqual([
      {
        name: 'adding',
        command: 'insert',
        roles: ['public'],
        using: null,
        check: '(price > (1)::numeric)',
        permissive: true,
      },
      {
        name: 'own',
        command: 'select',
        roles: ['public'],
        using: '(boss IS NULL)',
        check: null,
        permissive: false,
      },
    ]);
    expect(detail.referenced_by).toEqual([
      {
        schema: 'shop',
        relation: 'customers',
        constraint: 'boss_exists',
        columns: ['boss'],
        foreign_columns: ['id'],
      },
      {
        schema: 'shop',
        relation: 'orders',
        constraint: 'orders_customer_fkey',
        columns: ['customer'],
        foreign_columns: ['id'],
      },
    ]);
    expect(detail.used_by.map(({ relation }) => relation)).toEqual(['kept', 'rich']);
    expect((await describeIt('orders')).constraints[1]).toMatchObject({ is_validated: false });
  });

  test('of a view has its query and what it reads', async () => {
    const { definition, depends_on, kind, size_bytes } = await describeIt('richest');
    expect(kind).toBe('view');
    expect(definition).toMatch(/^SELECT r\.name,[\s\S]*shop\.rich r/);
    expect(depends_on).toEqual([
      { schema: 'shop', relation: 'orders', kind: 'table' },
      { schema: 'shop', relation: 'rich', kind: 'view' },
    ]);
    expect(size_bytes).toBeNull();
  });

  test('of every odd shape is there', async () => {
    const { items } = await listDatabaseRelations(actor, database(), { schema: 'odd', limit: 100 });
    expect(items.length).toBeGreaterThan(15);
    for (const { name } of items) expect((await describeIt(name, 'odd')).name).toBe(name);
    expect((await describeIt('wide', 'odd')).columns).toHaveLength(1600);
    await expect(describeIt('nothing')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is not to be had while another session holds its lock', async () => {
    await fixture.onTarget.query('begin; lock table shop.cache in access exclusive mode');
    const hint = expect.stringContaining('Another session holds the lock');
    await expect(describeIt('cache')).rejects.toMatchObject({ sqlstate: '55P03', hint });
    await fixture.onTarget.query('rollback');
  });
});

test('a database that is dropped while it is open is not found', async () => {
  const { name, drop } = await createTestDatabase();
  const list = () => listDatabaseRelations(actor, { server: 'demo', database: name }, { limit: 10 });
  expect((await list()).items).toEqual([]);
  await drop();
  await list().catch(({ code }) => expect(['unreachable', 'not_found']).toContain(code));
  await expect(list()).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining(name) });
});

describe('lists', () => {
  test('of relations: by schema, kind and search; null where nobody has counted', async () => {
    const list = (filter: object) => listDatabaseRelations(actor, database(), { limit: 100, ...filter });
    const names = async (filter: object) => (await list(filter)).items.map(({ name }) => name);
    expect(await names({ kinds: ['materialized_view'] })).toEqual(['stored', 'unfilled', 'kept']);
    expect(await names({ kinds: ['partitioned_table'], schema: 'odd' })).toEqual(['log', 'parts']);
    expect(await names({ q: 'NEVER_' })).toEqual(['never_analysed']);
    const [item] = (await list({ q: 'never_analysed' })).items;
    expect(item).toEqual({
      schema: 'public',
      name: 'never_analysed',
      kind: 'table',
      estimated_rows: null,
      size_bytes: null,
    });
    expect((await list({ q: 'parts_1' })).items[0]).toMatchObject({ is_partition: true });
    expect((await list({ schema: 'pg_catalog', limit: 1 })).items).toHaveLength(1);
    await expect(list({ after: 'x' })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('of routines: overloads, kinds, definitions, page by page', async () => {
    const list = (after?: string) =>
      listDatabaseRoutines(actor, database(), { schema: 'shop', limit: 2, after });
    const first = await list();
    const second = await list(first.next ?? '');
    const third = await list(second.next ?? '');
    expect(
      [...first.items, ...second.items, ...third.items].map(({ name, kind, arguments: args }) => [
        name,
        kind,
        args,
      ]),
    ).toEqual([
      ['add', 'function', 'a integer, b integer DEFAULT 1'],
      ['add', 'function', 'a text, b text'],
      ['pay', 'procedure', expect.stringMatching(/^INOUT total integer$/)],
      ['total', 'aggregate', 'integer'],
      ['touch', 'function', ''],
    ]);
    expect(third.next).toBeNull();
    expect(first.items[0]).toMatchObject({
      returns: 'integer',
      language: 'sql',
      volatility: 'immutable',
      security_definer: true,
      definition: expect.stringContaining('CREATE OR REPLACE FUNCTION shop.add(a integer'),
    });
    expect(third.items[0]).toMatchObject({ comment: 'does nothing' });
  });

  test('of routines: those of extensions when they are asked for, each with its extension', async () => {
    const list = (more: object) =>
      listDatabaseRoutines(actor, database(), { q: 'postgres_fdw_', limit: 2, ...more });
    expect(await list({})).toEqual({ items: [], next: null });
    const { items, next } = await list({ extensions: true });
    expect(items).toMatchObject([{ extension: 'postgres_fdw' }, { extension: 'postgres_fdw' }]);
    expect(next).not.toBeNull();
    const own = await list({ q: 'shop.add', extensions: true });
    expect(own.items).toMatchObject([{ extension: null }, { extension: null }]);
  });

  test('of sequences, types and extensions', async () => {
    const filter = { schema: 'shop', limit: 100 };
    const sequences = await listDatabaseSequences(actor, database(), filter);
    expect(sequences.items.find(({ name }) => name === 'counter')).toMatchObject({
      type: 'smallint',
      start: '7',
      increment: '3',
      cycles: true,
      last_value: null,
      owned_by: null,
    });
    expect(sequences.items.find(({ name }) => name === 'customers_code_seq')?.owned_by).toEqual({
      schema: 'shop',
      relation: 'customers',
      column: 'code',
    });
    const types = await listDatabaseTypes(actor, database(), filter);
    expect(types.items.map(({ name, kind }) => [name, kind])).toEqual([
      ['email', 'domain'],
      ['mood', 'enum'],
      ['pair', 'composite'],
      ['span', 'range'],
    ]);
    expect(types.items[0]?.domain).toMatchObject({ type: 'text', nullable: false, default: "'a@b'::text" });
    expect(types.items[1]?.labels).toEqual(['sad', "it's ok", 'keen']);
    expect(types.items[2]?.attributes).toEqual([
      { name: 'x', type: 'integer' },
      { name: 'y', type: 'text' },
    ]);
    expect(types.items[3]?.subtype).toBe('double precision');
    const extensions = await listDatabaseExtensions(actor, database());
    expect(extensions.map(({ name }) => name)).toEqual(['plpgsql', 'postgres_fdw']);
  });
});

describe('DDL makes relations again', () => {
  const strip = ({ size_bytes: _, ...detail }: RelationDetail) => ({
    ...detail,
    estimated_rows: null,
    indexes: detail.indexes.map(({ size_bytes: _, ...index }) => index),
  });

  test.each([
    ['shop', ['customers', 'orders', 'rich', 'richest', 'kept', 'by_year', 'in_2025', 'cache', 'counter']],
    [
      'odd',
      ['dead', 'without_columns', 'wide', 'parent', 'child', 'parts', 'parts_1', 'parts_2', 'log', 'counter'],
    ],
  ])('of %s', async (schema, names) => {
    const before = await Promise.all(names.map((name) => describeIt(name, schema)));
    const drops = before.map(({ kind, name }) => {
      const word = kind.replace('partitioned_', '').replace('_', ' ');
      return `drop ${word} if exists ${schema}.${name} cascade;`;
    });
    const creates = before.map(({ ddl }) => ddl);
    await fixture.onTarget.query(['begin;', ...drops, ...creates, 'commit'].join('\n'));
    const after = await Promise.all(names.map((name) => describeIt(name, schema)));
    expect(after.map(strip)).toEqual(before.map(strip));
  });
});
