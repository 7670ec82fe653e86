import { expect, test } from 'vitest';
import {
  changesOf,
  rebase,
  type Staged,
  stageDelete,
  stageInsert,
  stageInserted,
  stageValue,
  withdraw,
} from './staged';

const none: Staged = [];
const row = {
  cells: [
    { column: 'id', value: '1' },
    { column: 'body', value: 'a' },
    { column: '__proto__', value: null },
  ],
};
const one = { id: '["1"]', row };

test('a row is one change, however many of its columns are set, and each only to its last value', () => {
  const twice = stageValue(stageValue(none, one, { column: 'body', value: 'b' }), one, {
    column: 'body',
    value: null,
  });
  const both = stageValue(twice, one, { column: '__proto__', value: 'x' });
  expect(changesOf(both)).toEqual([
    {
      type: 'update',
      row,
      set: [
        { column: 'body', value: null },
        { column: '__proto__', value: 'x' },
      ],
    },
  ]);
});

test('what is set back to what was shown is no change', () => {
  const changed = stageValue(none, one, { column: 'body', value: 'b' });
  expect(stageValue(changed, one, { column: 'body', value: 'a' })).toEqual([]);
  expect(stageValue(none, one, { column: '__proto__', value: null })).toEqual([]);
  expect(stageValue(none, one, { column: '__proto__', value: '' })).toHaveLength(1);
});

test('a cell that was shown cut is changed even by the same beginning', () => {
  const cut = { cells: [{ column: 'body', value: 'a', bytes: 100_000 }] };
  expect(stageValue(none, { id: 'x', row: cut }, { column: 'body', value: 'a' })).toHaveLength(1);
});

test('a row that is shown again, changed by now, is still changed from what was seen first', () => {
  const first = stageValue(none, one, { column: 'body', value: 'b' });
  const later = { id: one.id, row: { cells: [{ column: 'body', value: 'other' }] } };
  expect(stageValue(first, later, { column: 'body', value: 'c' })[0]?.row).toBe(row);
});

test('a delete takes the place of an update, and is taken back by the same again', () => {
  const deleted = stageDelete(stageValue(none, one, { column: 'body', value: 'b' }), [one]);
  expect(changesOf(deleted)).toEqual([{ type: 'delete', row }]);
  expect(stageDelete(deleted, [one])).toEqual([]);
});

test('inserts have ids of their own and columns that were left alone have none', () => {
  const two = stageInsert(stageInsert(none));
  expect(new Set(two.map(({ id }) => id)).size).toBe(2);
  const filled = stageInserted(two, two[0]?.id ?? '', { column: 'body', value: '' });
  expect(changesOf(filled)).toEqual([
    { type: 'insert', set: [{ column: 'body', value: '' }] },
    { type: 'insert', set: [] },
  ]);
  expect(changesOf(stageInserted(filled, two[0]?.id ?? '', { column: 'body', is_default: true }))[0]).toEqual(
    { type: 'insert', set: [] },
  );
  expect(withdraw(two, [two[0]?.id ?? ''])).toHaveLength(1);
});

test('a change is put over the version that somebody has seen by now', () => {
  const theirs = { cells: [{ column: 'body', value: 'theirs' }] };
  const staged = rebase(stageValue(none, one, { column: 'body', value: 'b' }), one.id, theirs);
  expect(changesOf(staged)).toEqual([{ type: 'update', row: theirs, set: [{ column: 'body', value: 'b' }] }]);
});
