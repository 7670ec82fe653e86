import { describe, expect, it } from 'vitest';
import type { RelationSummary } from '@/lib/api-types';
import { emptyStore, firstStore, isComplete, withPage, withSchema } from './relation-store';

const relation = (schema: string, name: string): RelationSummary => ({
  ...{ schema, name, kind: 'table', estimated_rows: null, size_bytes: null },
});
const names = ['a', 'b', 'c', 'd'];

describe('firstStore', () => {
  it('is complete when there is no cursor', () => {
    const store = firstStore({ items: [relation('a', 't'), relation('c', 't')], next: null }, []);
    expect([...store.schemas.keys()]).toEqual(['a', 'c']);
    expect(isComplete(store)).toBe(true);
    expect(isComplete(emptyStore)).toBe(false);
  });

  it('goes on in the last schema and knows of those after it', () => {
    const store = firstStore({ items: [relation('a', 't'), relation('c', 't')], next: 'x' }, names);
    expect([...store.schemas].map(([name, { next }]) => [name, next])).toEqual([
      ['a', null],
      ['c', 'x'],
      ['d', ''],
    ]);
    expect(isComplete(store)).toBe(false);
  });
});

describe('withPage', () => {
  it('adds what is new and moves the cursor', () => {
    const first = firstStore({ items: [relation('c', 't')], next: 'x' }, names);
    const loading = withSchema(first, 'c', { status: 'loading' });
    const store = withPage(loading, 'c', { items: [relation('c', 't'), relation('c', 'u')], next: null });
    expect(store.items.map(({ name }) => name)).toEqual(['t', 'u']);
    expect(store.schemas.get('c')).toEqual({ next: null, status: 'ready' });
    expect(isComplete(withPage(store, 'd', { items: [], next: null }))).toBe(true);
  });

  it('knows no schema that it was not told of', () => {
    expect(withSchema(emptyStore, 'z', { status: 'failed' })).toBe(emptyStore);
  });
});
