import { describe, expect, it } from 'vitest';
import type { RowsPage } from '@/lib/api-types';
import { stepsOf } from './rows-steps';

const page: RowsPage = {
  ...{
    fields: [],
    rows: [],
    cut: [],
    cut_rows: [],
    next: 'n',
    previous: 'p',
    at_start: false,
    at_end: false,
  },
  ...{ estimated_rows: null, key: ['id'], order: [], foreign_keys: [], hidden_columns: [] },
  ...{ query_id: 'q', duration_ms: 1 },
};
const view = { sort: [], filter: [], after: 'a' };

describe('stepsOf', () => {
  it('leads to all four', () => {
    expect(stepsOf(view, page, 'table')).toMatchObject({
      first: { sort: [], filter: [] },
      previous: { before: 'p' },
      next: { after: 'n' },
      last: { at: '1' },
    });
  });

  it('leads nowhere from the only page', () => {
    const only = { ...page, next: null, previous: null, at_start: true, at_end: true };
    expect(stepsOf(view, only, 'table')).toEqual({ first: null, previous: null, next: null, last: null });
  });

  it('knows no last row where nothing orders them', () => {
    const keyless = { ...page, key: null };
    expect(stepsOf(view, keyless, 'view').last).toBeNull();
    expect(
      stepsOf({ ...view, sort: [{ column: 'a', direction: 'asc' }] }, keyless, 'view').last,
    ).not.toBeNull();
    expect(stepsOf(view, keyless, 'table').last).not.toBeNull();
  });

  it('leads from a page that failed to the first one', () => {
    expect(stepsOf(view, null, 'table')).toMatchObject({ previous: null, next: null, last: null });
    expect(stepsOf(view, null, 'table').first).not.toBeNull();
    expect(stepsOf({ sort: [], filter: [] }, null, 'table').first).toBeNull();
  });
});
