import { expect, test } from 'vitest';
import { rowsExportUrl } from './rows-export';

test('an export of a relation has the order and the filter of its page, and not its place in them', () => {
  const place = { server: 'demo', database: 'a b', schema: 'a.b', name: 'c,d' };
  const url = rowsExportUrl(
    place,
    {
      sort: [{ column: 'x.y', direction: 'desc' }],
      filter: [{ column: 'id', operator: 'gt', value: '5' }],
    },
    { format: 'json', escapeFormulas: false },
  );
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  expect(pathname).toBe('/api/v1/servers/demo/databases/a%20b/export');
  expect(Object.fromEntries(searchParams)).toEqual({
    sort: 'x%2Ey.desc',
    filter: 'id.gt.5',
    relation: 'a%2Eb.c%2Cd',
    format: 'json',
    timeout_ms: '3600000',
  });
});
