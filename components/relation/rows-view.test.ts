import { describe, expect, it } from 'vitest';
import { readRowsView, reshape, rowsParams, rowsPath, stepTo } from './rows-view';

const place = { server: 'demo', database: 'blog', schema: 'public', name: 'posts' };
const view = {
  sort: [{ column: 'created_at', direction: 'desc' } as const],
  filter: [{ column: 'user_id', operator: 'eq', value: '42' } as const],
  limit: '50',
};

describe('rowsPath', () => {
  it('is the bare path for the first page of everything', () => {
    expect(rowsPath(place)).toBe('/s/demo/blog/r/public/posts');
  });

  it('carries order, conditions and place', () => {
    expect(rowsPath(place, { ...view, after: 'c1' })).toBe(
      '/s/demo/blog/r/public/posts?sort=created_at.desc&filter=user_id.eq.42&limit=50&after=c1',
    );
  });
});

describe('readRowsView', () => {
  it.each(['a.b,c', 'a&b=c', 'näme #1?', '%2E', '..', '\n', '🐘'])('survives the column %j', (column) => {
    const hostile = {
      sort: [{ column, direction: 'desc' } as const, { column: 'id', direction: 'asc' } as const],
      filter: [
        { column, operator: 'contains', value: 'x.y,z&%2E' } as const,
        { column, operator: 'is', value: 'null' } as const,
        { column, operator: 'eq', value: '' } as const,
        {
          join: 'or',
          members: [
            { column, operator: 'eq', value: '(1,2)%' },
            { join: 'and', members: [{ column, operator: 'in', value: 'a%2C,b' }] },
          ],
        } as const,
      ],
    };
    const url = new URL(rowsPath(place, hostile), 'http://localhost');
    expect(readRowsView(url.searchParams)).toEqual(hostile);
  });

  it('leaves out what it cannot read', () => {
    const params = new URLSearchParams('sort=a.sideways,b&filter=a.near.1&filter=b&filter=c.eq.1&after=');
    expect(readRowsView(params)).toMatchObject({
      sort: [{ column: 'b', direction: 'asc' }],
      filter: [{ column: 'c', operator: 'eq', value: '1' }],
    });
    expect(readRowsView(params).after).toBeUndefined();
  });
});

describe('moving', () => {
  it('keeps order and conditions, and drops the place it leaves', () => {
    expect(rowsParams(stepTo({ ...view, after: 'c1' }, { before: 'c2' })).toString()).toBe(
      'sort=created_at.desc&filter=user_id.eq.42&limit=50&before=c2',
    );
  });

  it('begins at the first row when the order or the filter changes', () => {
    expect(rowsParams(reshape({ ...view, after: 'c1' }, { sort: [] })).toString()).toBe(
      'filter=user_id.eq.42&limit=50',
    );
  });
});
