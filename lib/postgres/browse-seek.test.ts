import { describe, expect, test } from 'vitest';
import type { OrderTerm } from './browse-order';
import { seekRanges } from './browse-seek';

const term = (sql: string, more: Partial<OrderTerm> = {}): OrderTerm => ({
  sql,
  column: sql,
  cast: 'pg_catalog.int4',
  direction: 'asc',
  isNotNull: true,
  isSystem: false,
  isKey: false,
  ...more,
});

const nullable = { isNotNull: false };
const desc = { direction: 'desc' as const };
const ranges = (terms: OrderTerm[], position: (string | null)[]) =>
  seekRanges(terms, position, 't').map((conditions) => conditions.join(' and '));

describe('the rows after a position', () => {
  test('are one range where no NULL can stand between', () => {
    expect(ranges([term('id')], ['1'])).toEqual(['t.id > 1']);
    expect(ranges([term('a'), term('id')], ['1', '2'])).toEqual(['(t.a, t.id) > (1, 2)']);
    expect(ranges([term('a', { ...desc, ...nullable }), term('id', desc)], ['1', '2'])).toEqual([
      '(t.a, t.id) < (1, 2)',
    ]);
    expect(ranges([term('id', { isSystem: true })], ['1'])).toEqual(['t.id operator(pg_catalog.>) 1']);
    expect(ranges([term('a', { isSystem: true }), term('b')], ['1', '2'])).toEqual(['(t.a, t.b) > (1, 2)']);
  });

  test('end in the NULLs of the first column when ascending', () => {
    expect(ranges([term('a', nullable), term('id')], ['1', '2'])).toEqual([
      '(t.a, t.id) > (1, 2)',
      't.a is null',
    ]);
  });

  test('are a range a term, nearest first, where NULLs stand between or directions differ', () => {
    expect(ranges([term('a'), term('b', nullable), term('id')], ['1', '2', '3'])).toEqual([
      't.a = 1 and t.b = 2 and t.id > 3',
      't.a = 1 and t.b > 2',
      't.a = 1 and t.b is null',
      't.a > 1',
    ]);
    expect(ranges([term('a', desc), term('id')], ['1', '2'])).toEqual(['t.a = 1 and t.id > 2', 't.a < 1']);
  });

  test('from a NULL on: no value follows it ascending, all values do descending', () => {
    expect(ranges([term('a', nullable), term('id')], [null, '2'])).toEqual(['t.a is null and t.id > 2']);
    expect(ranges([term('a', { ...nullable, ...desc }), term('id', desc)], [null, '2'])).toEqual([
      't.a is null and t.id < 2',
      't.a is not null',
    ]);
  });
});
