import type { MigrationHistory, MigrationItem } from '@/lib/api-types';

/**
 * What the page of a database shows: the letters searched for, the order, the one history that was chosen where
 * there are many, and whether all rows of a long list are wanted.
 */
export type MigrationView = { q: string; order: 'newest' | 'oldest'; table: string; rows: 'some' | 'all' };

/** The view that a query string asks for; what is not understood counts as not given. */
export function readView({
  q,
  order,
  table,
  rows,
}: Record<string, string | string[] | undefined>): MigrationView {
  return {
    q: typeof q === 'string' ? q.trim() : '',
    order: order === 'oldest' ? 'oldest' : 'newest',
    table: typeof table === 'string' ? table : '',
    rows: rows === 'all' ? 'all' : 'some',
  };
}

/** The query string of a view, from its question mark on; the usual values are left out. */
export function viewQuery({ q, order, table, rows }: MigrationView): string {
  const params = new URLSearchParams();
  if (q !== '') params.set('q', q);
  if (order === 'oldest') params.set('order', order);
  if (table !== '') params.set('table', table);
  if (rows === 'all') params.set('rows', rows);
  return `?${params}`;
}

/** The migrations of a history that hold the letters of the view, in its order. */
export function shownItems(
  { items }: Pick<MigrationHistory, 'items'>,
  { q, order }: Pick<MigrationView, 'q' | 'order'>,
): MigrationItem[] {
  const letters = q.toLowerCase();
  const found = items.filter(
    ({ id, name }) => id.toLowerCase().includes(letters) || name.toLowerCase().includes(letters),
  );
  return order === 'newest' ? found.reverse() : found;
}
