import { expect, test } from 'vitest';
import type { MigrationItem } from '@/lib/api-types';
import { readView, shownItems, viewQuery } from './filter';

const items = ['auth.0001_initial', 'auth.0002_more', 'Shop.0001_initial'].map(
  (id): MigrationItem => ({ id, name: id.split('.')[1] ?? '', status: 'applied', applied_at: null }),
);
const idsOf = (q: string, order: 'newest' | 'oldest') =>
  shownItems({ items }, { q, order }).map(({ id }) => id);

test('the newest come first, unless the oldest shall', () => {
  expect(idsOf('', 'newest')).toEqual(['Shop.0001_initial', 'auth.0002_more', 'auth.0001_initial']);
  expect(idsOf('', 'oldest')).toEqual(['auth.0001_initial', 'auth.0002_more', 'Shop.0001_initial']);
  expect(items.map(({ id }) => id)[0]).toBe('auth.0001_initial');
});

test('letters are found in any case, also in the name of the app', () => {
  expect(idsOf('shop', 'oldest')).toEqual(['Shop.0001_initial']);
  expect(idsOf('INITIAL', 'oldest')).toHaveLength(2);
  expect(idsOf('%', 'oldest')).toEqual([]);
});

test('a view survives its URL', () => {
  expect(viewQuery(readView({}))).toBe('?');
  expect(viewQuery(readView({ order: 'sideways', q: ' ', rows: '9' }))).toBe('?');
  const view = { q: 'a&b', order: 'oldest', table: '"a?".t', rows: 'all' } as const;
  expect(readView(Object.fromEntries(new URLSearchParams(viewQuery(view))))).toEqual(view);
});
