import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase, testServer } from '../embedded/test-database';
import { loadBlog } from './blog';
import { loadSample } from './index';

const small = { users: 200, posts: 2_000 };
const databases: TestDatabase[] = [];
const clients: pg.Client[] = [];

beforeAll(async () => {
  for (const _ of [1, 2]) {
    const database = await createTestDatabase();
    databases.push(database);
    const client = new pg.Client({ connectionString: database.url });
    clients.push(client);
    await client.connect();
    await loadBlog(client, small);
  }
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await Promise.all(databases.map((database) => database.drop()));
});

async function readAll(sql: string): Promise<unknown[]> {
  return Promise.all(clients.map(async (client) => (await client.query(sql)).rows[0]));
}

test('two loads give the same rows', async () => {
  const [first, second] = await readAll(`
    select (select md5(string_agg(u::text, '|' order by id)) from users u) as users,
           (select md5(string_agg(p::text, '|' order by id)) from posts p) as posts`);
  expect(first).toEqual(second);
  expect(first).toEqual({ users: expect.any(String), posts: expect.any(String) });
});

test('the view, the three statuses, and contents from empty to long', async () => {
  const [found] = await readAll(`
    select (select count(*)::int from users) as users,
           (select count(*)::int from posts) as posts,
           (select count(*)::int from active_users) as active,
           (select count(distinct user_id)::int from posts where status = 'published') as expected,
           (select array_agg(distinct status order by status)::text from posts) as statuses,
           (select count(*) > 0 from posts where content = '') as some_empty,
           (select max(length(content)) > 10000 from posts) as some_long,
           (select count(*) > 0 from posts where octet_length(title) > length(title)) as some_unicode,
           (select bool_and(p.created_at >= u.created_at) from posts p join users u on u.id = p.user_id) as in_order`);
  expect(found).toMatchObject({ ...small, statuses: '{draft,published,archived}', in_order: true });
  expect(found).toMatchObject({ some_empty: true, some_long: true, some_unicode: true });
  const { active, expected } = found as { active: number; expected: number };
  expect(active).toBe(expected);
});

test('the trigger and the default key work', async () => {
  const [found] = await readAll(`
    with changed as (update users set email = 'a@example.com' where id = (select min(id::text)::uuid from users) returning *)
    select updated_at > now() - interval '1 minute' as touched, uuid_generate_v4() <> id as fresh from changed`);
  expect(found).toEqual({ touched: true, fresh: true });
});

test('the whole blog loads once; one that was left half-loaded is made again', async () => {
  const server = new pg.Client({ connectionString: testServer() });
  await server.connect();
  try {
    await server.query('drop database if exists blog with (force)');
    await server.query('create database howdah_unfinished_blog');
    expect(await loadSample(testServer(), 'blog')).toMatchObject({ created: true });
    expect(await loadSample(testServer(), 'blog')).toMatchObject({ created: false });
    const blog = new pg.Client({ connectionString: testServer('blog') });
    await blog.connect();
    const counts =
      'select (select count(*)::int from users) as users, (select count(*)::int from posts) as posts';
    expect((await blog.query(counts)).rows).toEqual([{ users: 20_000, posts: 200_000 }]);
    await blog.end();
    const left = await server.query("select datname from pg_database where datname ~ 'blog' order by 1");
    expect(left.rows).toEqual([{ datname: 'blog' }]);
  } finally {
    await server.query('drop database if exists blog with (force)');
    await server.end();
  }
});
