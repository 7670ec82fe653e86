import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnLayout } from './browse-schema';
import { keepColumnLayout, readColumnLayout } from './run-columns';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture } from './testing/fixture';

let fixture: Fixture;
let reviewer: Actor;

beforeAll(async () => {
  fixture = await openFixture('create table things (id int primary key)');
  reviewer = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const place = (relation: string, server = 'demo') => ({
  ...{ server, database: fixture.target.name, schema: 'public', relation },
});

test('an arrangement is kept for its user, its relation and nobody else, until it is taken back', async () => {
  const layout = [
    { name: '__proto__', width: 90, is_pinned: true },
    { name: 'o\'clock"', is_hidden: true },
    { name: 'id' },
  ];
  await keepColumnLayout(reviewer, place('things'), columnLayout.parse(layout));
  expect(await readColumnLayout(reviewer, place('things'))).toEqual(layout);
  expect(await readColumnLayout(reviewer, place('Things'))).toEqual([]);
  expect(await readColumnLayout(await actorOf('developer'), place('things'))).toEqual([]);
  await keepColumnLayout(reviewer, place('things'), [{ name: 'id', width: 48 }]);
  expect(await readColumnLayout(reviewer, place('things'))).toEqual([{ name: 'id', width: 48 }]);
  await keepColumnLayout(reviewer, place('things'), []);
  expect(await readColumnLayout(reviewer, place('things'))).toEqual([]);
  const { rows } = await fixture.onStore.query(
    `select kind, result, username from audit_log where action = 'grid.arrange' and subject = 'public.things' order by id`,
  );
  expect(rows.map(({ kind, result }) => `${kind} ${result}`)).toEqual(
    Array.from({ length: 3 }, () => ['user started', 'user succeeded']).flat(),
  );
});

test('a server that the user does not see has none', async () => {
  await expect(readColumnLayout(reviewer, place('things', 'elsewhere'))).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(keepColumnLayout(reviewer, place('things', 'elsewhere'), [])).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('at most a thousand are kept: the one changed longest ago goes', async () => {
  await fixture.onStore.query(
    `insert into column_layouts (user_id, server_id, database, schema, relation, columns, changed_at)
      select $1, id, 'd', 's', 'r' || i, '[]', now() - i * interval '1 second'
      from servers, generate_series(1, 1000) i where slug = 'demo'`,
    [reviewer.userId],
  );
  await keepColumnLayout(reviewer, place('things'), [{ name: 'id', width: 77 }]);
  const { rows } = await fixture.onStore.query(
    `select count(*)::int as n, bool_or(relation = 'r1000') as oldest, bool_or(relation = 'things') as newest
      from column_layouts where user_id = $1`,
    [reviewer.userId],
  );
  expect(rows).toEqual([{ n: 1000, oldest: false, newest: true }]);
});

test.each([
  [[{ name: 'a' }, { name: 'a' }]],
  [[{ name: '' }]],
  [[{ name: 'a\0b' }]],
  [[{ name: '\ud800' }]],
  [[{ name: 'a'.repeat(64) }]],
  [[{ name: 'a', width: 1e9 }]],
  [[{ name: 'a', style: 'x' }]],
  [Array.from({ length: 1601 }, (_, i) => ({ name: `c${i}` }))],
])('S36: what is no arrangement is refused (%#)', (items) => {
  expect(columnLayout.safeParse(items).success).toBe(false);
});
