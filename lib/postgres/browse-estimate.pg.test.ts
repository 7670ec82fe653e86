import { afterAll, beforeAll, expect, test } from 'vitest';
import { estimateRows } from '../run-browse';
import type { Actor } from '../server';
import { actorOf, type Fixture, openFixture } from '../testing/fixture';

let fixture: Fixture;
let actor: Actor;
/** From 18 on PostgreSQL may skip through an index, and does not say that it will. */
let readsAll: boolean | null;

beforeAll(async () => {
  fixture = await openFixture(`
    create table led (id int, a int, b int, "to" int, body text);
    insert into led select i, i, i, i % 100, 'text' from generate_series(1, 20000) i;
    create index on led (a, b);
    create index on led (lower(body), id);
    create index on led (id, "to") where id % 2 = 0;
    create table split (k int, a int, b int) partition by range (k);
    create table split_1 partition of split for values from (0) to (10000);
    create table split_2 partition of split for values from (10000) to (20001);
    insert into split select i, i, i from generate_series(0, 20000) i;
    create index on split (a, b);
    create table quoted ("A b" int, "c""d" int);
    insert into quoted select i, i from generate_series(1, 20000) i;
    create index on quoted ("c""d", "A b");
    analyze led, split, quoted;
  `);
  const { rows } = await fixture.onTarget.query(`select current_setting('server_version_num')::int as n`);
  readsAll = rows[0].n >= 180_000 ? null : false;
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const isIndexed = async (relation: string, ...filters: string[]) => {
  const place = { server: 'demo', database: fixture.target.name, schema: 'public', relation };
  return (await estimateRows(actor, place, filters, new AbortController().signal)).is_indexed;
};

test.each([
  ['led', ['b.eq.5']],
  ['led', ['b.eq.5', 'body.eq.a']],
  ['led', ['or.(a.eq.1,b.eq.1)']],
  ['split', ['b.eq.5']],
  ['quoted', ['A b.eq.5']],
])(
  'an index of %s that begins with another column than those of %j does not serve them',
  async (relation, filters) => {
    expect(await isIndexed(relation, ...filters)).toBe(readsAll);
  },
);

test.each([
  ['led', ['a.eq.5']],
  ['led', ['a.gte.19000', 'b.gte.1']],
  ['led', ['b.eq.5', 'a.in.5,6']],
  ['split', ['b.eq.5', 'a.eq.5']],
  ['split', ['a.is.null']],
  ['quoted', ['c"d.eq.5']],
])('an index of %s that begins with a column of %j does', async (relation, filters) => {
  expect(await isIndexed(relation, ...filters)).toBe(true);
});
