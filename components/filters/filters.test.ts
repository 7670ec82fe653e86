import { describe, expect, it } from 'vitest';
import { countFilters, filteredPath, fromLocalInput, readFields, toLocalInput } from './filters';

const form = { base: '/history', names: ['q', 'status', 'user', 'from', 'to'] } as const;

describe('filteredPath', () => {
  it('is bare without filters', () => expect(filteredPath(form, {})).toBe('/history'));

  it('writes filters and the cursor', () => {
    const path = filteredPath(form, { q: 'select 1 & 2', status: 'failed' }, '0198-a');
    expect(path).toBe('/history?q=select+1+%26+2&status=failed&after=0198-a');
  });
});

describe('readFields', () => {
  it('drops what is empty and converts times', () => {
    const fields = new FormData();
    for (const [name, value] of Object.entries({
      q: '  drop ',
      user: '',
      from: '2026-07-29T16:03',
      to: 'soon',
    })) {
      fields.set(name, value);
    }
    const filters = readFields(form, fields);
    expect(filters).toEqual({ q: 'drop', from: new Date(2026, 6, 29, 16, 3).toISOString() });
    expect(countFilters(filters)).toBe(2);
  });
});

describe('local times', () => {
  it.each(['2026-07-29T16:03', '2026-01-02T03:04:05'])('%s survives the way there and back', (text) => {
    expect(toLocalInput(fromLocalInput(text))).toBe(text);
  });

  it('is empty for no time', () => {
    expect(toLocalInput(undefined)).toBe('');
    expect(toLocalInput('yesterday')).toBe('');
    expect(fromLocalInput('')).toBe('');
  });
});
