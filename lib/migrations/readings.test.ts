import { describe, expect, test } from 'vitest';
import { readAlembic } from './alembic';
import { numberOf, readDjango } from './django';
import { readFlyway } from './flyway';
import { readKysely } from './kysely';
import { readSchemaVersion } from './schema-version';

const codesOf = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

describe('Django', () => {
  const read = (...names: string[]) =>
    readDjango({
      rows: names.map((full, at) => {
        const [app = '', name = ''] = full.split('.');
        return { id: String(at + 1), app, name, applied: `2026-01-0${at + 1} 00:00:00+00` };
      }),
      total: names.length,
    });

  test('lists in the order of recording and has a current one for each app', () => {
    const history = read('b.0001_initial', 'a.0001_initial', 'b.0002_more', 'a.0002_more', 'a.0010_ten');
    expect(history.items.map(({ id }) => id)).toEqual([
      'b.0001_initial',
      'a.0001_initial',
      'b.0002_more',
      'a.0002_more',
      'a.0010_ten',
    ]);
    expect(history.current).toEqual(['a.0010_ten', 'b.0002_more']);
    expect(history.apps?.map(({ app, applied }) => [app, applied])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(history).toMatchObject({ heads: [], problems: [] });
  });

  test('a migration that was recorded late is not the current one', () => {
    expect(read('a.0001_initial', 'a.0003_c', 'a.0002_b').current).toEqual(['a.0003_c']);
  });

  test.each([
    ['0001_initial', 1],
    ['0001_squashed_0004_more', 4],
    ['0001_initial_squashed_0012_x', 12],
    ['custom_name', -1],
    ['', -1],
  ])('%s goes to %i', (name, number) => {
    expect(numberOf(name)).toBe(number);
  });

  test('names what is odd', () => {
    expect(codesOf(read('a.0001_initial', 'a.0001_initial').problems)).toEqual(['duplicate']);
    expect(codesOf(read('a.0002_more').problems)).toEqual(['no_initial']);
    expect(codesOf(read('a.custom').problems)).toEqual([]);
    expect(codesOf(read('a.0001_initial', 'a.0002_x', 'a.0002_y').problems)).toEqual(['same_number']);
    expect(codesOf(read('a.0001_initial', 'a.0002_x', 'a.0002_y', 'a.0003_merge_x').problems)).toEqual([]);
    expect(codesOf(read('a.0001_initial', 'a.0002_x', 'a.0001_squashed_0002_x').problems)).toEqual([
      'squashed',
    ]);
    expect(codesOf(read('a.0001_squashed_0002_x').problems)).toEqual([]);
    expect(codesOf(read().problems)).toEqual(['empty']);
  });

  test('judges nothing that needs all rows when it has not all', () => {
    const rows = [{ id: '900', app: 'a', name: '0900_late', applied: null }];
    expect(readDjango({ rows, total: 900 })).toMatchObject({ problems: [], current: ['a.0900_late'] });
  });
});

describe('Alembic', () => {
  const read = (...versions: string[]) =>
    readAlembic({ rows: versions.map((version) => ({ version })), total: versions.length });

  test('has no row, one, several', () => {
    expect(read()).toMatchObject({ current: [], heads: [], items: [] });
    expect(codesOf(read().problems)).toEqual(['empty']);
    expect(read('abc123')).toEqual({
      current: ['abc123'],
      heads: ['abc123'],
      items: [{ id: 'abc123', name: 'abc123', status: 'applied', applied_at: null }],
      problems: [],
    });
    expect(read('b2', 'a1')).toMatchObject({ current: ['a1', 'b2'], heads: ['a1', 'b2'] });
    expect(codesOf(read('b2', 'a1').problems)).toEqual(['several_heads']);
    expect(codesOf(read('a1', 'a1').problems)).toEqual(['duplicate']);
  });
});

describe('Kysely', () => {
  const read = (...names: string[]) =>
    readKysely({
      rows: names.map((name, at) => ({ name, timestamp: `2026-01-01T00:00:0${at}.000Z` })),
      total: names.length,
    });

  test('the last is the current one; a name out of its order is a problem', () => {
    expect(read('0001_a', '0002_b')).toMatchObject({ current: ['0002_b'], heads: [], problems: [] });
    expect(codesOf(read('0002_b', '0001_a').problems)).toEqual(['out_of_order']);
    expect(read()).toMatchObject({ current: [], items: [], problems: [] });
  });
});

describe('schema_version', () => {
  type Row = {
    version: string | null;
    description: string | null;
    time: string | null;
    success: string | null;
  };
  const row = (version: string, more: Partial<Row> = {}): Row => ({
    version,
    description: null,
    time: null,
    success: null,
    ...more,
  });
  const read = (...rows: Row[]) => readSchemaVersion({ rows, total: rows.length });

  test('numbers sort as numbers, whatever the time', () => {
    const history = read(row('10'), row('9', { description: 'nine' }), row('8'));
    expect(history.items.map(({ id, name }) => `${id} ${name}`)).toEqual(['8 8', '9 nine', '10 10']);
    expect(history).toMatchObject({ current: ['10'], heads: [], problems: [] });
  });

  test('other versions sort by time, of one time part by part', () => {
    const dotted = read(row('1.10.0'), row('1.9.0'), row('1.2'));
    expect(dotted.items.map(({ id }) => id)).toEqual(['1.2', '1.9.0', '1.10.0']);
    const timed = read(row('b', { time: '2026-01-01' }), row('a', { time: '2026-01-02' }));
    expect(timed.current).toEqual(['a']);
  });

  test('names gaps, doubles, failures and emptiness', () => {
    expect(read(row('1'), row('2'), row('5')).problems[0]?.message).toContain('3, 4.');
    expect(codesOf(read(row('20250101'), row('20260101')).problems)).toEqual([]);
    expect(codesOf(read(row('1'), row('1')).problems)).toEqual(['duplicate']);
    const failed = read(row('1'), row('2', { success: 'false' }));
    expect(failed.current).toEqual(['1']);
    expect(codesOf(failed.problems)).toEqual(['failed']);
    expect(codesOf(read().problems)).toEqual(['empty']);
  });
});

describe('Flyway', () => {
  test('keeps failures and what was undone apart', () => {
    const rows = [
      ['1', '1', 'init', 'SQL', 'V1.sql', 'true'],
      ['2', null, 'views', 'SQL', 'R__views.sql', 'true'],
      ['3', '2', 'more', 'SQL', 'V2.sql', 'true'],
      ['4', '2', 'more', 'UNDO_SQL', 'U2.sql', 'true'],
      ['5', '3', '', 'SQL', 'V3.sql', 'false'],
    ].map(
      ([rank = null, version = null, description = null, type = null, script = null, success = null]) => ({
        rank,
        version,
        description,
        type,
        script,
        success,
        time: '2026-01-01 00:00:00',
      }),
    );
    const history = readFlyway({ rows, total: rows.length });
    expect(history.items.map(({ id, status }) => `${id} ${status}`)).toEqual([
      '1 applied',
      'R__views.sql applied',
      '2 unknown',
      '3 failed',
    ]);
    expect(history.current).toEqual(['1']);
    expect(codesOf(history.problems)).toEqual(['failed', 'undone']);
  });
});
