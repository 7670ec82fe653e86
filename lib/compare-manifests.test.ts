import { expect, test } from 'vitest';
import { type Copy, compareManifests } from './compare-manifests';
import { compareObjects } from './compare-objects';
import type { InventoryObject, Manifest, SequenceSpan, SequenceValue } from './manifest';

const object = (name: string, change: Partial<InventoryObject> = {}): InventoryObject => ({
  name,
  is: '',
  sql: null,
  roles: [],
  about: null,
  ...change,
});

const scope = { hasDefinitions: true, hasPrivileges: true, withoutRoles: new Set<string>() };

const [table, index] = [object('table public.a'), object('index public.a_pkey')];
const [a, z] = [
  { schema: 'public', name: 'a', rows: '3', sum: '-12' },
  { schema: 'x.y', name: 'z', rows: '9007199254740993', sum: null },
];
const stands = (last: string, isCalled = true): SequenceValue => ({ name: 'public.s', last, isCalled });
const span = (before: SequenceValue, after: SequenceValue): SequenceSpan => ({
  name: 'public.s',
  before,
  after,
});

const source: Manifest = {
  objects: [table, index],
  sequences: [span(stands('5'), stands('5'))],
  tables: [a, z],
  problems: [],
};
const same: Copy = { objects: [table, index], sequences: [stands('5')], tables: [a, z] };

const differencesOf = (change: Partial<Copy>, changed: Partial<Manifest> = {}): string[] =>
  compareManifests({ ...source, ...changed }, { ...same, ...change }, scope).differences;

test('a copy that is equal has no differences, and says how much was compared', () => {
  expect(compareManifests(source, same, scope)).toEqual({
    differences: [],
    agreement: { tables: 2, rows: 9007199254740996, sums: 1, objects: 2 },
  });
});

test('every kind of difference is told', () => {
  expect(differencesOf({ objects: [table] })).toEqual(['missing: index public.a_pkey']);
  expect(differencesOf({ objects: [table, index, object('view public.v')] })).toEqual([
    'not in the source: view public.v',
  ]);
  expect(differencesOf({ objects: [object(table.name, { is: 'unlogged' }), index] })).toEqual([
    'table public.a is not what it was',
  ]);
  expect(differencesOf({ tables: [a] })).toEqual(['missing: the rows of x.y.z']);
  expect(differencesOf({ tables: [{ ...a, rows: '2' }, z] })).toEqual(['public.a has 2 rows instead of 3']);
  expect(differencesOf({ tables: [{ ...a, sum: '12' }, z] })).toEqual([
    'the rows of public.a differ in their sum',
  ]);
  expect(differencesOf({ tables: [a, { ...z, rows: '9007199254740992' }] })).toHaveLength(1);
  expect(differencesOf({ sequences: [] })).toEqual(['missing: where sequence public.s stands']);
  expect(differencesOf({ sequences: [stands('6')] })).toEqual(['sequence public.s stands at 6 instead of 5']);
  expect(differencesOf({ sequences: [stands('5', false)] })).toHaveLength(1);
});

test('a sequence that moved while it was dumped may stand anywhere in between', () => {
  const sequences = [span(stands('5'), stands('9'))];
  for (const last of ['5', '7', '9'])
    expect(differencesOf({ sequences: [stands(last)] }, { sequences })).toEqual([]);
  for (const last of ['4', '10'])
    expect(differencesOf({ sequences: [stands(last)] }, { sequences })).toHaveLength(1);
  const down = [span(stands('-5'), stands('-9'))];
  expect(differencesOf({ sequences: [stands('-7')] }, { sequences: down })).toEqual([]);
  expect(differencesOf({ sequences: [stands('-4')] }, { sequences: down })).toHaveLength(1);
});

test('thousands of differences are named by the first twenty', () => {
  const objects = Array.from({ length: 3000 }, (_, at) => object(`table public.t${at}`));
  const differences = differencesOf({ objects: [] }, { objects });
  expect(differences).toHaveLength(21);
  expect(differences.at(-1)).toBe('and 2980 more');
});

test.each([
  [
    "alter table t add check (((a)::text = any ((array['x'::character varying, 'y'::character varying])::text[])))",
    "alter table t add check (((a)::text = any (array[('x'::character varying)::text, ('y'::character varying)::text])))",
    true,
  ],
  ['select (a + b) * c', 'select a + b * c', false],
  ["select 'x'::text", "select 'y'::text", false],
  ['select a from t', 'select b from t', false],
  ['create index i on t (a)', 'create unique index i on t (a)', false],
  ['select nonsense from from', 'select nonsense  from from', false],
])('%j and %j', (one, other, isSame) => {
  const [of, to] = [object('x', { sql: one }), object('x', { sql: other })];
  expect(compareObjects([of], [to], scope)).toHaveLength(isSame ? 0 : 1);
});

test('what names a role that the copy can’t is left out, and what is said of its owner with it', () => {
  const owned = (owner: string) => [
    object('owner of table t', { is: owner, roles: [owner], about: 'table t' }),
    object('privileges of its owner on table t', { is: 'SELECT', about: 'table t' }),
    object('privileges of bob on table u', { is: 'SELECT', roles: ['bob'], about: 'table u' }),
  ];
  const copy = [
    object('owner of table t', { is: 'me', roles: ['me'], about: 'table t' }),
    object('privileges of its owner on table t', { is: 'SELECT, INSERT', about: 'table t' }),
  ];
  const without = (...roles: string[]) => ({ ...scope, withoutRoles: new Set(roles) });
  expect(compareObjects(owned('alice'), copy, without('alice', 'bob'))).toEqual([]);
  expect(compareObjects(owned('alice'), copy, without('alice'))).toEqual([
    'missing: privileges of bob on table u',
  ]);
  expect(compareObjects(owned('alice'), copy, { ...without('alice'), hasPrivileges: false })).toEqual([]);
  expect(compareObjects(owned('me'), copy, scope)).toHaveLength(2);
});

test('another major version is compared by name only, and the schema public is made by PostgreSQL', () => {
  const [of, to] = [
    object('view v', { sql: 'select t.a from t' }),
    object('view v', { sql: 'select a from t' }),
  ];
  expect(compareObjects([of], [to], { ...scope, hasDefinitions: false })).toEqual([]);
  expect(compareObjects([of], [], { ...scope, hasDefinitions: false })).toEqual(['missing: view v']);
  const brought = [object('schema public'), object('comment on schema public', { is: 'standard' })];
  expect(compareObjects([], brought, scope)).toEqual([]);
  expect(compareObjects(brought, [], scope)).toHaveLength(2);
});
