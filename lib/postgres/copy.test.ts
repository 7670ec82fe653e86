import { describe, expect, test } from 'vitest';
import { AppError } from '../errors';
import { composeCopy, placeInQuery } from './copy';

const inlined = (query: string, params: (string | null)[]) =>
  composeCopy(query, params, 'text')
    .replace(/^copy \(\n/, '')
    .replace(/\n\) to stdout.*$/, '');

describe('a COPY is composed of one query', () => {
  test('and sends its rows nowhere else', () => {
    expect(composeCopy('select 1', [], 'csv')).toBe(
      'copy (\nselect 1\n) to stdout with (format csv, header true)',
    );
    expect(composeCopy('table t -- all of it', [], 'text')).toContain('it\n) to stdout with (format text)');
  });

  test.each([
    'select 1) to stdout; create table t.made (i int',
    'select 1) to stdout; select (1',
    'select 1) to stdout; copy (delete from t.rows returning 1',
    "select 1) to '/tmp/file' --",
    "select 1) to program 'touch /tmp/file' --",
    "select 1) to program 'id'; copy (select 2",
    'select 1) to stdout with (format binary) --',
    'select 1; select 2',
    'select 1 /*',
    "select 'open",
    'select $$open',
    'insert into t.rows values (1) returning *',
    'delete from t.rows returning *',
    'show all',
    'explain select 1',
    'select $1',
    'select 1 into x) to stdout; select (1',
    '',
    '--',
    ')',
  ])('S20: %s is refused', (query) => {
    expect(() => composeCopy(query, [], 'csv')).toThrow(/^An export takes one query/);
  });
});

describe('parameters', () => {
  test('stand in the query as literals, wherever PostgreSQL would see one', () => {
    expect(inlined('select $1, $2::int + $1', ["it's", '7'])).toBe(
      "select ('it''s'), ('7')::int + ('it''s')",
    );
    expect(inlined('select $1', [null])).toBe('select (null)');
    expect(inlined('select $1[2]', ['{a,b}'])).toBe("select ('{a,b}')[2]");
    expect(
      inlined(
        'select $10',
        Array.from({ length: 10 }, (_, i) => String(i + 1)),
      ),
    ).toBe("select ('10')");
  });

  test('leave texts and names alone that look like one', () => {
    const query = `select '$1', "$1", $$ $1 $$, a$1, $a$ $1 $a$ /* $1 */ from t -- $1`;
    expect(inlined(query, ['x'])).toBe(query);
  });

  test.each([
    "'); drop table t.rows; --",
    '\\',
    "\\'; drop table t.rows; --",
    ') to program',
    '$2',
    '\u2019',
    '',
  ])('S20: %j stays one literal', (value) => {
    const text = composeCopy('select $1, $2', [value, 'next'], 'csv');
    expect(text).toContain("('next')");
  });

  test('without a value are refused', () => {
    expect(() => composeCopy('select $1, $3', ['a', 'b'], 'csv')).toThrow('$3 has no value');
  });
});

test("an error's place counts in the query", () => {
  const query = 'select "ü🐘", wrong';
  const text = composeCopy(query, [], 'csv');
  const at = (position: number) => new AppError('query_failed', 'x', { position });
  const position = [...text.slice(0, text.indexOf('wrong'))].length + 1;
  expect(placeInQuery(at(position), text, query).position).toBe(14);
  expect(placeInQuery(at(1), text, query).position).toBeUndefined();
  expect(
    placeInQuery(at(position), composeCopy('select $1', ['a'], 'csv'), 'select $1').position,
  ).toBeUndefined();
});
