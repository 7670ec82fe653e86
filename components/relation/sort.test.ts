import { describe, expect, it } from 'vitest';
import { cycleSort, formatSort, parseSort, type SortKey, sortOf } from './sort';

const asc = (column: string): SortKey => ({ column, direction: 'asc' });
const desc = (column: string): SortKey => ({ column, direction: 'desc' });

describe('parseSort and formatSort', () => {
  it('read and write several columns', () => {
    expect(parseSort('created_at.desc,id')).toEqual([desc('created_at'), asc('id')]);
    expect(formatSort([desc('created_at'), asc('id')])).toBe('created_at.desc,id');
    expect(parseSort('id.asc')).toEqual([asc('id')]);
  });

  it('have no text for no order', () => {
    expect(parseSort(undefined)).toEqual([]);
    expect(formatSort([])).toBeUndefined();
  });

  it('take a column named like a direction as a column', () => {
    expect(parseSort(formatSort([asc('desc'), desc('a.desc')]))).toEqual([asc('desc'), desc('a.desc')]);
  });

  it('leave out a broken escape and an unknown direction', () => {
    expect(parseSort('%E0%A4.desc')).toEqual([desc('%E0%A4')]);
    expect(parseSort('a.up,,b')).toEqual([asc('b')]);
  });
});

describe('cycleSort', () => {
  it('goes up, down and away', () => {
    expect(cycleSort([], 'a', false)).toEqual([asc('a')]);
    expect(cycleSort([asc('a')], 'a', false)).toEqual([desc('a')]);
    expect(cycleSort([desc('a')], 'a', false)).toEqual([]);
  });

  it('replaces the order by another column', () => {
    expect(cycleSort([desc('a'), asc('b')], 'c', false)).toEqual([asc('c')]);
    expect(cycleSort([desc('a'), asc('b')], 'a', false)).toEqual([asc('a')]);
  });

  it('adds with Shift, keeps the places, and takes away', () => {
    expect(cycleSort([asc('a')], 'b', true)).toEqual([asc('a'), asc('b')]);
    expect(cycleSort([asc('a'), asc('b')], 'a', true)).toEqual([desc('a'), asc('b')]);
    expect(cycleSort([desc('a'), asc('b')], 'a', true)).toEqual([asc('b')]);
  });
});

describe('sortOf', () => {
  it('tells direction and place', () => {
    expect(sortOf([asc('a'), desc('b')], 'b')).toEqual({ direction: 'desc', place: 2 });
    expect(sortOf([asc('a')], 'b')).toBeNull();
  });
});
