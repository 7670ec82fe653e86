import { describe, expect, it } from 'vitest';
import { arrange, changeColumn, layOut, moveColumn, placeColumn, worthKeeping } from './layout';

const names = ['id', 'kind', '__proto__', 'body'];
const shown = (layout: Parameters<typeof arrange>[1]) =>
  arrange(names, layout).places.map((place) => names[place]);

describe('a layout', () => {
  it('without anything is the columns as they come', () => {
    expect(arrange(names, [])).toEqual({ places: [0, 1, 2, 3], pinned: 0, widths: new Map() });
    expect(worthKeeping(names, layOut(names, []))).toEqual([]);
  });

  it('orders, hides, pins and widens by name', () => {
    const layout = [
      { name: 'body', width: 300 },
      { name: 'kind', is_hidden: true },
      { name: 'id' },
      { name: '__proto__', is_pinned: true },
    ];
    expect(arrange(names, layout)).toEqual({ places: [2, 3, 0], pinned: 1, widths: new Map([[3, 300]]) });
  });

  it('outlives columns that go, are renamed and come', () => {
    const layout = [{ name: 'gone', is_pinned: true }, { name: 'body' }, { name: 'id', is_hidden: true }];
    expect(shown(layout)).toEqual(['body', 'kind', '__proto__']);
    expect(arrange(names, layout).pinned).toBe(0);
  });

  it('shows all where nothing would be left', () => {
    expect(shown(names.map((name) => ({ name, is_hidden: true })))).toEqual(names);
  });
});

describe('moving a column', () => {
  const columns = layOut(names, []);

  it('goes one place, and not beyond the ends', () => {
    expect(shown(moveColumn(columns, 'body', -1))).toEqual(['id', 'kind', 'body', '__proto__']);
    expect(shown(moveColumn(columns, 'id', 1))).toEqual(['kind', 'id', '__proto__', 'body']);
    expect(moveColumn(columns, 'id', -1)).toBe(columns);
    expect(moveColumn(columns, 'body', 1)).toBe(columns);
    expect(moveColumn(columns, 'gone', 1)).toBe(columns);
  });

  it('passes over what is hidden, and stays among what is pinned', () => {
    const hidden = changeColumn(columns, 'kind', { is_hidden: true });
    expect(shown(moveColumn(hidden, '__proto__', -1))).toEqual(['__proto__', 'id', 'body']);
    const pinned = changeColumn(columns, 'body', { is_pinned: true });
    expect(moveColumn(pinned, 'body', -1)).toBe(pinned);
    expect(shown(moveColumn(pinned, '__proto__', 1))).toEqual(['body', 'id', 'kind', '__proto__']);
  });

  it('puts it where it was let go, within its group, and leaves what is hidden where it was', () => {
    const layout = [
      { name: 'id', is_pinned: true },
      { name: 'kind' },
      { name: '__proto__', is_hidden: true },
      { name: 'body', is_pinned: true },
      { name: 'more' },
      { name: 'last' },
    ];
    const order = (name: string, place: number) =>
      placeColumn(layout, name, place)
        .map((column) => column.name[0])
        .join('');
    expect(order('last', 2)).toBe('ilk_bm');
    expect(order('kind', 4)).toBe('i_bmlk');
    expect(order('kind', 3)).toBe('i_bmkl');
    expect(order('more', 0)).toBe('imk_bl');
    expect(order('id', 4)).toBe('k_biml');
    expect(placeColumn(layout, 'kind', 2)).toBe(layout);
    expect(placeColumn(layout, '__proto__', 2)).toBe(layout);
    expect(placeColumn(layout, 'gone', 2)).toBe(layout);
  });

  it('and back is nothing that is worth keeping', () => {
    const back = moveColumn(moveColumn(columns, 'id', 1), 'id', -1);
    expect(worthKeeping(names, back)).toEqual([]);
    expect(worthKeeping(names, changeColumn(columns, 'id', { width: 90 }))).toHaveLength(4);
  });
});
