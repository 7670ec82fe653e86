import { expect, test } from 'vitest';
import { pointedAt, pointingAt } from './row-links';

const fields = ['tenant', 'id', 'owner'].map((name) => ({
  name,
  type: 'text',
  type_oid: 25,
  is_sortable: true,
}));
const page = {
  fields,
  rows: [
    ['1', 'a.b', null],
    ['2', 'long', 'x'],
  ],
  cut: [[1, 1, 99_999]] as [number, number, number][],
};

test('a key of several columns points by all of them, in its own order', () => {
  const keys = [
    { schema: 's', relation: 'r', columns: ['id', 'tenant'], foreign_columns: ['code', 'tenant_id'] },
  ];
  expect(pointedAt(page, keys, 0)).toEqual([
    {
      schema: 's',
      relation: 'r',
      columns: ['id', 'tenant'],
      filter: [
        { column: 'code', operator: 'eq', value: 'a.b' },
        { column: 'tenant_id', operator: 'eq', value: '1' },
      ],
    },
  ]);
});

test('NULL points at nothing, nor does a value of which only the beginning is here', () => {
  const owner = { schema: 's', relation: 'r', columns: ['owner'], foreign_columns: ['id'] };
  const id = { ...owner, columns: ['id'] };
  expect(pointedAt(page, [owner], 0)).toEqual([]);
  expect(pointedAt(page, [owner, id], 1)).toHaveLength(1);
});

test('who points at a row is found by the columns on the other side', () => {
  const reference = {
    schema: 's',
    relation: 'r',
    constraint: 'c',
    columns: ['tenant_id', 'code'],
    foreign_columns: ['tenant', 'id'],
  };
  expect(pointingAt(page, [reference], 0)[0]?.filter).toEqual([
    { column: 'tenant_id', operator: 'eq', value: '1' },
    { column: 'code', operator: 'eq', value: 'a.b' },
  ]);
});
