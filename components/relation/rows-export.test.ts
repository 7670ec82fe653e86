import { expect, test } from 'vitest';
import { rowsExport } from './rows-export';

test('an export of a relation has the order and the filter of its page, and not its place in them', () => {
  const place = { server: 'demo', database: 'a b', schema: 'a.b', name: 'c,d' };
  const { params, body } = rowsExport(
    place,
    {
      sort: [{ column: 'x.y', direction: 'desc' }],
      filter: [{ column: 'id', operator: 'gt', value: '5' }],
    },
    { choice: { format: 'json', escapeFormulas: false }, shown: ['id'] },
  );
  expect(Object.fromEntries(params)).toEqual({
    sort: 'x%2Ey.desc',
    filter: 'id.gt.5',
    relation: 'a%2Eb.c%2Cd',
  });
  expect(body).toEqual({ format: 'json', escape_formulas: false, timeout_ms: 3_600_000 });
  const choice = { format: 'csv', escapeFormulas: false, isAsShown: true } as const;
  const shown = rowsExport(place, { sort: [], filter: [] }, { choice, shown: ['b,a', 'x.y'] });
  expect(shown.body).toMatchObject({ columns: 'b%2Ca,x%2Ey' });
});
