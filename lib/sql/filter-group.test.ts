import { describe, expect, test } from 'vitest';
import { type FilterText, readFilterText, writeFilterText } from './filter-group';

describe('a filter of one condition', () => {
  test.each(['a.eq.1', 'or.eq.(1,2)', 'and.is.null', 'a.eq.or.(x)', '', 'or(a).eq.x)'])(
    'is its text: %j',
    (text) => {
      expect(readFilterText(text)).toBe(text);
      expect(writeFilterText(text)).toBe(text);
    },
  );
});

describe('a group', () => {
  test('is what is between its brackets', () => {
    expect(readFilterText('or.(a.eq.1,and.(b.gt.2,c.eq.x%2Cy),d.is.null)')).toEqual({
      join: 'or',
      members: ['a.eq.1', { join: 'and', members: ['b.gt.2', 'c.eq.x,y'] }, 'd.is.null'],
    });
  });

  test.each([
    'a.eq.1,b.eq.2',
    'a.eq.(x),or.(y)',
    'a%2Eb.in.1%2C2,50%25',
    'name.eq.)),((%28',
    "x'; drop table t; --.eq.",
    'é🐘.eq.\n',
  ])('keeps a condition that says %j', (text) => {
    const group: FilterText = { join: 'and', members: [text, { join: 'or', members: [text, text] }] };
    expect(readFilterText(writeFilterText(group))).toEqual(group);
  });

  test.each([
    'or.()',
    'or.(a.eq.1',
    'or.(a.eq.1))',
    'or.(a.eq.1,)',
    'or.(a.eq.(1))',
    'or.(a.eq.1)x',
    'or.(a.eq.%zz)',
    'or.(a.eq.1,and.()',
    'or.(or.(or.(or.(or.(a.eq.1)))))',
  ])('that is not well made is none: %s', (text) => {
    expect(readFilterText(text)).toBeNull();
  });
});
