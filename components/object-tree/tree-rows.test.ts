import { describe, expect, it } from 'vitest';
import type { RelationKind, RelationSummary } from '@/lib/api-types';
import { findByPrefix, parentOf, relationKey, type TreeRow, treeRows } from './tree-rows';
import { estimateInShort } from './words';

const relation = (schema: string, name: string, kind: RelationKind = 'table'): RelationSummary => ({
  ...{ schema, name, kind },
  ...{ estimated_rows: null, size_bytes: null },
});
const relations = [
  relation('public', 'users'),
  relation('public', 'active_users', 'view'),
  relation('audit', 'log'),
  relation('public', 'posts'),
];
const words = (row: TreeRow) => {
  if (row.type === 'schema') return row.schema;
  if (row.type === 'more') return '  more';
  return row.type === 'kind' ? `  ${row.kind} ${row.count}` : `    ${row.relation.name}`;
};
const open = () => true;
const whole = (items: readonly RelationSummary[]) => ({ items, schemas: new Map(), isSearch: false });

describe('treeRows', () => {
  it('sorts schemas, kinds and names', () => {
    expect(treeRows(whole(relations), open).map(words)).toEqual([
      ...['audit', '  table 1', '    log'],
      ...['public', '  table 2', '    posts', '    users', '  view 1', '    active_users'],
    ]);
  });

  it('hides what is in a closed group, but never what was searched for', () => {
    const key = JSON.stringify(['public', null, 'table']);
    const isOpen = (group: string) => group !== key && group !== JSON.stringify(['audit']);
    expect(treeRows(whole(relations), isOpen).map(words)).toEqual([
      'audit',
      ...['public', '  table 2', '  view 1', '    active_users'],
    ]);
    expect(treeRows({ ...whole(relations), isSearch: true }, isOpen)).toHaveLength(9);
  });

  it('says where a schema goes on, and shows one that has not been read', () => {
    const schemas = new Map([
      ['audit', { next: 'x', status: 'failed' as const }],
      ['zoo', { next: '', status: 'ready' as const }],
    ]);
    const rows = treeRows({ items: [relation('audit', 'log')], schemas, isSearch: false }, open);
    expect(rows.map(words)).toEqual(['audit', '  table 1', '    log', '  more', 'zoo', '  more']);
    expect(rows[0]).toMatchObject({ isPart: true });
    expect(rows[3]).toMatchObject({ schema: 'audit', status: 'failed' });
  });

  it('gives each line another key, whatever the names', () => {
    const hostile = [
      relation('a', 'b"]'),
      relation('a","b', ']'),
      relation('a', 'table'),
      relation('table', 'a'),
    ];
    const keys = treeRows(whole(hostile), open).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(relationKey(relation('a.b', 'c'))).not.toBe(relationKey(relation('a', 'b.c')));
  });

  it('takes ten thousand tables in little time', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => relation('public', `table_${index}`));
    expect(treeRows(whole(many), open)).toHaveLength(10_002);
  });
});

describe('moving in the tree', () => {
  const rows = treeRows(whole(relations), open);

  it('finds the next line by its first letters, around the end', () => {
    expect(findByPrefix(rows, 0, 'us')).toBe(6);
    expect(findByPrefix(rows, 7, 'LO')).toBe(2);
    expect(findByPrefix(rows, 0, 'zz')).toBe(-1);
  });

  it('knows the group above a line', () => {
    expect([6, 4, 3].map((index) => parentOf(rows, index))).toEqual([4, 3, -1]);
  });
});

describe('estimateInShort', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [1_234, '1.2k'],
    [50_000, '50k'],
    [1_200_000, '1.2M'],
    [3e9, '3B'],
  ])('writes %d as %s', (rows, text) => {
    expect(estimateInShort(rows)).toBe(text);
  });
});
