import { expect, test } from 'vitest';
import { compareManifests, type Manifest } from './manifest';

const source: Manifest = {
  objects: ['table public.a', 'index public.a_pkey'],
  tables: [
    { schema: 'public', name: 'a', rows: '3', sum: '-12' },
    { schema: 'x.y', name: 'z', rows: '9007199254740993', sum: null },
  ],
  problems: [],
};

const copyWith = (change: Partial<Manifest>): string[] =>
  compareManifests(source, { ...source, ...change }).differences;

test('a copy that is equal has no differences, and says how much was compared', () => {
  expect(compareManifests(source, source)).toEqual({
    differences: [],
    agreement: { tables: 2, rows: 9007199254740996, sums: 1, objects: 2 },
  });
});

test('every kind of difference is told', () => {
  const [a, z] = source.tables;
  if (a === undefined || z === undefined) throw new Error('the source has two tables');
  expect(copyWith({ objects: ['table public.a'] })).toEqual(['missing: index public.a_pkey']);
  expect(copyWith({ objects: [...(source.objects ?? []), 'view public.v'] })).toEqual([
    'not in the source: view public.v',
  ]);
  expect(copyWith({ tables: [a] })).toEqual(['missing: the rows of x.y.z']);
  expect(copyWith({ tables: [{ ...a, rows: '2' }, z] })).toEqual(['public.a has 2 rows instead of 3']);
  expect(copyWith({ tables: [{ ...a, sum: '12' }, z] })).toEqual([
    'the rows of public.a differ in their sum',
  ]);
  expect(copyWith({ tables: [a, { ...z, rows: '9007199254740992' }] })).toHaveLength(1);
});

test('thousands of differences are named by the first twenty', () => {
  const objects = Array.from({ length: 3000 }, (_, at) => `table public.t${at}`);
  const { differences } = compareManifests({ ...source, objects }, { ...source, objects: [] });
  expect(differences).toHaveLength(21);
  expect(differences.at(-1)).toBe('and 2980 more');
});
