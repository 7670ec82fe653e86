import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDuplicateIndexes, findOpenRoles, findUnindexedForeignKeys } from './faults';
import { type LoadedTwice, loadTwice } from './loaded-twice';
import { loadPgadmin, pgadminSize } from './pgadmin';

const roles = ['pguser'];
let example: LoadedTwice;

beforeAll(async () => {
  example = await loadTwice((client) => loadPgadmin(client, { users: 100, posts: 3_000 }), roles);
});

afterAll(() => example.close());

test('two loads give the same rows', async () => {
  const [first, second] = await example.digests();
  expect(first).toEqual(second);
  expect(first).toMatchObject({
    users: expect.stringMatching(/^100 /),
    posts: expect.stringMatching(/^3000 /),
    alembic_version: expect.stringMatching(/^1 /),
  });
  expect(pgadminSize.posts).toBe(200_000);
});

test('the keys of posts are integers from 1 without a gap, and the next one follows', async () => {
  const keys = await example.first(
    "select min(id) as min, max(id) as max, nextval('posts_id_seq')::int as next from posts",
  );
  expect(keys).toEqual({ min: 1, max: 3_000, next: 3_001 });
});

test('the history is one revision, explained in Russian', async () => {
  const history = await example.first(`
    select array_agg(version_num)::text as revisions, obj_description('alembic_version'::regclass) as comment
    from alembic_version`);
  expect(history).toEqual({
    revisions: '{abc123def456}',
    comment: expect.stringContaining('Создаётся Alembic автоматически при первой миграции'),
  });
});

test('its faults are there: duplicate indexes, an index on a boolean, a default that allows NULL', async () => {
  expect(await findDuplicateIndexes(example.client)).toEqual([
    'users: idx_users_email, users_email_key',
    'users: idx_users_username, users_username_key',
  ]);
  expect(await findUnindexedForeignKeys(example.client)).toEqual([]);
  const posts = await example.first(`
    select pg_get_indexdef('idx_posts_is_published'::regclass) as index,
           count(*) filter (where is_published is null)::int as unknown,
           count(distinct is_published)::int as values
    from posts`);
  expect(posts).toEqual({
    index: expect.stringContaining('(is_published)'),
    unknown: expect.any(Number),
    values: 2,
  });
  expect(posts?.unknown).toBeGreaterThan(0);
});

test('nobody logs in as its role; a user takes their posts along', async () => {
  expect(await findOpenRoles(example.client, roles)).toEqual([]);
  const key = await example.first(
    "select pg_get_constraintdef(oid) as key from pg_constraint where contype = 'f'",
  );
  expect(key).toEqual({ key: 'FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE' });
});
