import { describe, expect, it } from 'vitest';
import type { Condition } from './conditions';
import {
  addFilter,
  type Filter,
  filterInWords,
  filtersOf,
  formatFilter,
  parseFilter,
  rootOf,
} from './filter';

const a: Condition = { column: 'a', operator: 'eq', value: '1' };
const b: Condition = { column: 'b.(', operator: 'in', value: 'x,y%2C)' };
const either: Filter = { join: 'or', members: [a, { join: 'and', members: [a, b] }] };

describe('parseFilter', () => {
  it('is the inverse of formatFilter', () => {
    for (const filter of [a, b, either]) expect(parseFilter(formatFilter(filter))).toEqual(filter);
    expect(formatFilter(either)).toBe('or.(a.eq.1,and.(a.eq.1,b%252E%28.in.x%2Cy%252C%29))');
  });

  it.each(['a', 'or.(a)', 'or.(a.eq.1', 'or.(a.near.1,b.eq.2)'])('is null for %j', (text) => {
    expect(parseFilter(text)).toBeNull();
  });
});

describe('addFilter', () => {
  it('adds once', () => {
    expect(addFilter([a, either], a)).toEqual([either, a]);
    expect(addFilter([either], either)).toEqual([either]);
  });
});

describe('a filter as one group', () => {
  it('is its parts, all of which hold, or the one group', () => {
    expect(rootOf([a, b])).toEqual({ join: 'and', members: [a, b] });
    expect(rootOf([either])).toEqual(either);
    for (const filters of [[], [a], [a, either], [either]])
      expect(filtersOf(rootOf(filters))).toEqual(filters);
  });

  it('loses what says nothing', () => {
    const hollow: Filter = {
      join: 'or',
      members: [
        { join: 'and', members: [] },
        { join: 'or', members: [a] },
      ],
    };
    expect(filtersOf({ join: 'or', members: [hollow] })).toEqual([a]);
    expect(filtersOf({ join: 'or', members: [] })).toEqual([]);
  });
});

describe('filterInWords', () => {
  it('has brackets where groups stand in groups', () => {
    expect(filterInWords(either)).toBe('a = 1 or (a = 1 and b.( one of x, y%2C))');
  });
});
