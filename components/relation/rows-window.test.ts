import { expect, test } from 'vitest';
import type { RowsPage } from '@/lib/api-types';
import { extend, hasSameColumns, joinPages, mostRows, type RowsWindow } from './rows-window';

function pageOf(
  from: number,
  count: number,
  more: Partial<RowsPage> = {},
): { page: RowsPage; query: string } {
  const page: RowsPage = {
    fields: [{ name: 'id', type: 'int4', type_oid: 23, is_sortable: true }],
    rows: Array.from({ length: count }, (_, index) => [String(from + index)]),
    cut: [[1, 0, 99]],
    cut_rows: [[1, `word ${from}`]],
    next: `after ${from + count - 1}`,
    previous: `before ${from}`,
    at_start: false,
    at_end: false,
    estimated_rows: 1_000_000,
    key: ['id'],
    order: [],
    foreign_keys: [],
    hidden_columns: [],
    query_id: String(from),
    duration_ms: 1,
    ...more,
  };
  return { page, query: `${from}` };
}

const ids = ({ pages }: RowsWindow) => joinPages(pages)?.rows.map(([id]) => Number(id)) ?? [];
const run = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

test('pages join in their order, with their cuts and cursors', () => {
  const middle: RowsWindow = { pages: [pageOf(100, 50)], before: 0 };
  const both = extend(
    extend(middle, pageOf(150, 50, { at_end: true, next: null }), 'end'),
    pageOf(50, 50),
    'start',
  );
  expect(ids(both)).toEqual(run(50, 150));
  expect(both.before).toBe(50);
  expect(joinPages(both.pages)).toMatchObject({
    previous: 'before 50',
    next: null,
    at_end: true,
    cut: [
      [1, 0, 99],
      [51, 0, 99],
      [101, 0, 99],
    ],
    cut_rows: [
      [1, 'word 50'],
      [51, 'word 100'],
      [101, 'word 150'],
    ],
  });
});

test('no more rows are held than may be; those far away go, and can be had again', () => {
  let window: RowsWindow = { pages: [pageOf(0, 1000, { at_start: true, previous: null })], before: 0 };
  for (let from = 1000; from < 30_000; from += 1000) window = extend(window, pageOf(from, 1000), 'end');
  expect(ids(window)).toEqual(run(10_000, mostRows));
  expect(window.before).toBe(-10_000);
  expect(joinPages(window.pages)).toMatchObject({ at_start: false, previous: 'before 10000' });
  window = extend(window, pageOf(9000, 1000), 'start');
  expect(ids(window)).toEqual(run(9000, mostRows));
  expect(window.before).toBe(-9000);
  expect(joinPages(window.pages)?.next).toBe('after 28999');
});

test('words that name rows join too', () => {
  const words = (from: number) => ({ key: null, row_words: run(from, 2).map(String) });
  const window = extend({ pages: [pageOf(1, 2, words(1))], before: 0 }, pageOf(3, 2, words(3)), 'end');
  expect(joinPages(window.pages)?.row_words).toEqual(['1', '2', '3', '4']);
});

test('a page of other columns does not belong to the window', () => {
  const held: RowsWindow = { pages: [pageOf(1, 10)], before: 0 };
  const field = { name: 'id', type: 'int4', type_oid: 23, is_sortable: true };
  expect(hasSameColumns({ pages: [], before: 0 }, pageOf(11, 10))).toBe(true);
  expect(hasSameColumns(held, pageOf(11, 10))).toBe(true);
  for (const fields of [
    [],
    [{ ...field, name: 'key' }],
    [{ ...field, type_oid: 20 }],
    [field, { ...field, name: 'more' }],
  ]) {
    expect(hasSameColumns(held, pageOf(11, 10, { fields }))).toBe(false);
  }
});
