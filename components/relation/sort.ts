import { encodePart, splitParts } from './url-parts';

export type Direction = 'asc' | 'desc';

/** One column of an order. */
export type SortKey = { column: string; direction: Direction };

/** `created_at.desc,id` as keys; ascending unless said otherwise. What can't be read is left out. */
export function parseSort(text: string | undefined): SortKey[] {
  if (!text) return [];
  return text.split(',').flatMap((piece) => {
    const [column, direction = 'asc'] = splitParts(piece, 2);
    if (!column || (direction !== 'asc' && direction !== 'desc')) return [];
    return [{ column, direction }];
  });
}

/** The inverse of parseSort; undefined for no order. */
export function formatSort(keys: readonly SortKey[]): string | undefined {
  if (keys.length === 0) return undefined;
  return keys
    .map(({ column, direction }) => `${encodePart(column)}${direction === 'desc' ? '.desc' : ''}`)
    .join(',');
}

/**
 * The order after a click on a column's header: ascending, descending, none. Alone it replaces the order;
 * `isAdding` (Shift) keeps the other columns and the place of this one.
 */
export function cycleSort(keys: readonly SortKey[], column: string, isAdding: boolean): SortKey[] {
  const before = keys.find((key) => key.column === column);
  const isCycling = before !== undefined && (isAdding || keys.length === 1);
  const after = isCycling ? nextKey(before) : ({ column, direction: 'asc' } satisfies SortKey);
  if (!isAdding) return after ? [after] : [];
  if (!before) return after ? [...keys, after] : [...keys];
  return keys.flatMap((key) => (key === before ? (after ?? []) : key));
}

function nextKey({ column, direction }: SortKey): SortKey | null {
  return direction === 'asc' ? { column, direction: 'desc' } : null;
}

/** What a column's header tells: its direction and, of several, its place from 1. */
export function sortOf(
  keys: readonly SortKey[],
  column: string,
): { direction: Direction; place: number } | null {
  const index = keys.findIndex((key) => key.column === column);
  const key = keys[index];
  return key ? { direction: key.direction, place: index + 1 } : null;
}
