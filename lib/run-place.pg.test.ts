import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowsPage } from './api-types';
import { browseRows } from './run-browse';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture } from './testing/fixture';

let fixture: Fixture;
let actor: Actor;
const never = new AbortController().signal;
const rows = 60_000;

beforeAll(async () => {
  fixture = await openFixture(`
    create table spread as select
        case when i < ${rows * 0.9} then i else i * 40 end as id, md5(i::text)::uuid as u, (100 / (1 + i % 100)) as zipf,
        case when i % 5 > 0 then (i * 7919) % 4000 end as holes, i % 3 = 0 as flag,
        'w' || lpad(((i * 31) % 9000)::text, 5, '0') as word, power(i, 3)::numeric / 7 as cubed, (i % 180) as few,
        timestamptz '2020-01-01' + make_interval(secs => power(i, 1.7)) as at, date '2000-01-01' + i % 9000 as day
      from generate_series(1, ${rows}) i;
    alter table spread add primary key (id);
    create table unknown (id int primary key, body text);
    insert into unknown select i, 'b' from generate_series(1, ${rows}) i;
    alter table unknown alter id set statistics 0;
    create table keyless (n int, pad text);
    insert into keyless select i, repeat('x', 50) from generate_series(1, ${rows}) i;
    create table little (id int primary key, word text);
    insert into little select i, 'w' || i % 7 from generate_series(1, 1000) i;
    create table never_analysed (id int primary key);
    create view shown as select * from little;
    analyze spread, unknown, keyless, little;
  `);
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

function browse(
  relation: string,
  request: { at: number; sort?: string; filters?: string[] },
): Promise<RowsPage> {
  const place = { server: 'demo', database: fixture.target.name, schema: 'public', relation };
  return browseRows(actor, place, { limit: 20, filters: [], ...request }, never);
}

async function ordered(relation: string, order: string, where = 'true', id = 'id'): Promise<string[]> {
  const { rows } = await fixture.onTarget.query<{ id: unknown }>(
    `select ${id} as id from ${relation} where ${where} order by ${order}`,
  );
  return rows.map((row) => String(row.id));
}

/** How far a page's first row is from where it was asked for, in per cent of all rows. */
function errorOf({ rows: [first] }: RowsPage, all: string[], at: number): number {
  const rank = all.indexOf(first?.[0] ?? '');
  expect(rank).toBeGreaterThanOrEqual(0);
  return (100 * Math.abs(rank - at * all.length)) / all.length;
}

const fractions = [0.003, 0.1, 0.25, 0.333, 0.5, 0.6, 0.73, 0.9, 0.997];

describe('a fraction of the rows is passed', () => {
  test.each([
    [undefined, 'id'],
    ['id.desc', 'id desc'],
    ['u', 'u, id'],
    ['zipf', 'zipf, id'],
    ['zipf.desc', 'zipf desc, id desc'],
    ['holes', 'holes, id'],
    ['holes.desc,id', 'holes desc, id'],
    ['flag', 'flag, id'],
    ['flag.desc,word', 'flag desc, word, id'],
    ['word', 'word, id'],
    ['cubed.desc', 'cubed desc, id desc'],
    ['few', 'few, id'],
    ['at', 'at, id'],
    ['day', 'day, id'],
  ])('sorted by %s, within 1 %% by its statistics', async (sort, order) => {
    const all = await ordered('spread', order);
    for (const at of fractions) {
      const page = await browse('spread', { sort, at });
      expect(page.place).toEqual({ by: 'statistics', is_exact: false });
      expect([at, errorOf(page, all, at) < 1.3]).toEqual([at, true]);
    }
  });

  test('by a sample where there are no statistics, and under a filter', async () => {
    const all = await ordered('unknown', 'id');
    const page = await browse('unknown', { at: 0.4 });
    expect(page.place).toEqual({ by: 'sample', is_exact: false });
    expect(errorOf(page, all, 0.4)).toBeLessThan(6);
    const filtered = await browse('spread', { at: 0.4, filters: ['few.gte.90'], sort: 'u' });
    expect(filtered.place?.by).toBe('sample');
    expect(errorOf(filtered, await ordered('spread', 'u, id', 'few >= 90'), 0.4)).toBeLessThan(6);
  });

  test('by counting where rows are few', async () => {
    for (const sort of [undefined, 'word.desc']) {
      const all = await ordered('little', sort === undefined ? 'id' : 'word desc, id desc');
      const page = await browse('little', { sort, at: 0.5 });
      expect(page.place).toEqual({ by: 'count', is_exact: true });
      expect(page.rows[0]?.[0]).toBe(all[500]);
      expect((await browse('little', { sort, at: 0.0001 })).rows[0]?.[0]).toBe(all[0]);
    }
  });

  test("in a file's order where nothing names a row", async () => {
    const all = await ordered('keyless', 'ctid', 'true', 'n');
    const page = await browse('keyless', { at: 0.7 });
    expect(errorOf(page, all, 0.7)).toBeLessThan(1);
    expect(page).toMatchObject({ at_start: false, at_end: false });
  });

  test('and its pages go on both ways', async () => {
    const all = await ordered('spread', 'zipf, id');
    const page = await browse('spread', { sort: 'zipf', at: 0.5 });
    const rank = all.indexOf(page.rows[0]?.[0] ?? '');
    const place = { server: 'demo', database: fixture.target.name, schema: 'public', relation: 'spread' };
    const turn = (cursor: object) =>
      browseRows(actor, place, { limit: 20, filters: [], sort: 'zipf', ...cursor }, never);
    const after = await turn({ after: page.next });
    const before = await turn({ before: page.previous });
    expect(after.rows.map(([id]) => id)).toEqual(all.slice(rank + 20, rank + 40));
    expect(before.rows.map(([id]) => id)).toEqual(all.slice(rank - 20, rank));
  });
});

test('the ends are exact, and a place that nothing is known of is refused', async () => {
  const all = await ordered('spread', 'word, id');
  expect((await browse('spread', { sort: 'word', at: 0 })).rows[0]?.[0]).toBe(all[0]);
  expect((await browse('spread', { sort: 'word', at: 1 })).rows.at(-1)?.[0]).toBe(all.at(-1));
  await expect(browse('never_analysed', { at: 0.5 })).rejects.toMatchObject({ code: 'invalid' });
  await expect(browse('shown', { at: 0.5 })).rejects.toMatchObject({ code: 'invalid' });
});

test('past the last value the last page is shown', async () => {
  await fixture.onTarget.query(`delete from spread where id > ${rows * 0.85}`);
  const page = await browse('spread', { at: 0.99 });
  expect(page.at_end).toBe(true);
  expect(page.rows).toHaveLength(20);
});
