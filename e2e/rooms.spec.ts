import type { Page } from '@playwright/test';
import pg from 'pg';
import { expect, onDatabase, test } from './fixtures';

const databases = ['practice_portal', 'unm_prep', 'pgadmin', 'backend_db', 'blog'] as const;

test('rows are paged by key, forwards, backwards, last and first', async ({ developer }) => {
  const expected = await onDatabase('blog', (client) =>
    client.query<{ id: string }>('select id from users order by id'),
  );
  const ids = expected.rows.map(({ id }) => id);
  await developer.goto('/s/demo/blog/r/public/users');
  const grid = developer.getByRole('grid', { name: 'Rows of public.users' });
  const pages = developer.getByRole('navigation', { name: 'Pages of rows' });
  const has = (id: string | undefined) =>
    expect(grid.getByRole('gridcell', { name: id, exact: true })).toBeVisible();
  await has(ids[0]);
  await expect(pages.getByRole('button', { name: 'Previous page' })).toBeDisabled();
  await pages.getByRole('button', { name: 'Next page' }).click();
  await has(ids[100]);
  await pages.getByRole('button', { name: 'Last page' }).click();
  await has(ids.at(-1));
  await expect(pages.getByRole('button', { name: 'Next page' })).toBeDisabled();
  await pages.getByRole('button', { name: 'Previous page' }).click();
  await has(ids.at(-200));
  await pages.getByRole('button', { name: 'First page' }).click();
  await has(ids[0]);
});

test('sort and filter live in the URL; what is unknown is refused in its place', async ({ developer }) => {
  await developer.goto('/s/demo/blog/r/public/posts?sort=created_at.desc&filter=status.eq.archived');
  const grid = developer.getByRole('grid', { name: 'Rows of public.posts' });
  await expect(grid.getByRole('gridcell', { name: 'archived', exact: true }).first()).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: 'draft', exact: true })).toHaveCount(0);
  await developer.goto('/s/demo/blog/r/public/posts?sort=nowhere.desc');
  await expect(developer.getByRole('main').getByRole('alert')).toContainText('nowhere');
});

test('the structure shows columns, keys and who refers to it', async ({ reviewer }) => {
  await reviewer.goto('/s/demo/blog/r/public/users/structure');
  const main = reviewer.getByRole('main');
  await expect(main.getByRole('heading', { name: 'Columns' })).toBeVisible();
  await expect(main.getByText('users_pkey').first()).toBeVisible();
  await expect(main.getByRole('link', { name: 'public.posts' }).first()).toBeVisible();
  await expect(main.getByText('create table', { exact: false }).first()).toBeVisible();
});

test('what was dropped is missed by its name, with the way to what is still there', async ({
  reviewer,
  server,
  marker,
}) => {
  const main = reviewer.getByRole('main');
  const name = `gone ${marker}`;
  await server.query(`create database ${pg.escapeIdentifier(name)}`);
  try {
    await onDatabase(name, (client) => client.query('create table here (a int)'));
    await reviewer.goto(`/s/demo/${encodeURIComponent(name)}`);
    await expect(main.getByRole('heading', { name: `Tables of ${name}` })).toBeAttached();
    await reviewer.goto(`/s/demo/${encodeURIComponent(name)}/r/public/there`);
    await expect(main.getByText('There is no relation "there" in the schema "public".')).toBeVisible();
    await expect(main.getByText('It may have been renamed, moved or dropped.')).toBeVisible();
    await main.getByRole('link', { name: `Tables of ${name}` }).click();
    await expect(main.getByRole('link', { name: 'public.here' })).toBeVisible();
  } finally {
    await server.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
  }
  await reviewer.reload();
  await expect(main.getByText(`There is no database "${name}" for you on demo.`).first()).toBeVisible();
  await main.getByRole('link', { name: 'Databases of demo' }).click();
  await expect(main.getByRole('link', { name: 'blog' })).toBeVisible();
});

test('a parameter that is given twice counts twice', async ({ reviewer }) => {
  const main = reviewer.getByRole('main');
  await reviewer.goto('/s/demo/blog?kind=view&kind=table');
  await expect(main.getByRole('link', { name: 'public.active_users' })).toBeVisible();
  await expect(main.getByRole('link', { name: 'public.posts' })).toBeVisible();
  await reviewer.goto('/s/demo/practice_portal?kind=table&kind=view&limit=1');
  await main.getByRole('link', { name: 'Next page' }).click();
  await expect(reviewer).toHaveURL(/\?kind=table&kind=view&after=/);
  await reviewer.goto('/s/demo/blog/r/public/posts?filter=status.eq.archived&filter=title.like.A%25');
  const { rows } = await onDatabase('blog', (client) =>
    client.query(`select from posts where status = 'archived' and title like 'A%' limit 100`),
  );
  const grid = reviewer.getByRole('grid', { name: 'Rows of public.posts' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows.length + 1));
});

test('the functions of extensions are listed when they are asked for', async ({ reviewer }) => {
  const main = reviewer.getByRole('main');
  await reviewer.goto('/s/demo/blog/objects/functions');
  const named = (name: string) => main.getByText(`public.${name}`, { exact: true });
  await expect(named('update_timestamp')).toBeVisible();
  await expect(named('uuid_generate_v4')).toHaveCount(0);
  await main.getByRole('link', { name: 'Show those of extensions' }).click();
  await expect(named('uuid_generate_v4')).toBeVisible();
  await expect(main.getByText('uuid-ossp').first()).toBeVisible();
  await main.getByRole('searchbox', { name: 'Search the functions' }).fill('uuid_nil');
  await expect(named('uuid_generate_v4')).toHaveCount(0);
  await expect(named('uuid_nil')).toBeVisible();
  await main.getByRole('link', { name: 'Hide those of extensions' }).click();
  await expect(main.getByText('Nothing is named like “uuid_nil”')).toBeVisible();
});

for (const database of databases) {
  test(`every relation of ${database} opens, twice alike, with all its rows counted`, async ({
    reviewer,
  }) => {
    const relations = await relationsOf(database);
    expect(relations.length).toBeGreaterThan(2);
    for (const { schema, name, is_granted, count } of relations) {
      const path = `/api/v1/servers/demo/databases/${database}/relations/${schema}/${name}`;
      const [first, second] = [
        await reviewer.request.get(`${path}/rows`),
        await reviewer.request.get(`${path}/rows`),
      ];
      expect(`${name} ${first.status()}`).toBe(`${name} ${is_granted ? 200 : 403}`);
      if (!is_granted) continue;
      expect((await second.json()).rows).toEqual((await first.json()).rows);
      const counted = await reviewer.request.post(`${path}/count`, {
        headers: { origin: new URL(first.url()).origin },
      });
      expect({ name, ...(await counted.json()) }).toMatchObject({ name, count });
    }
  });
}

type OpenedRelation = { schema: string; name: string; is_granted: boolean; count: string };

/** All relations that hold rows, with what `count(*)` says, and whether the read level may see them. */
function relationsOf(database: string): Promise<OpenedRelation[]> {
  return onDatabase(database, async (client) => {
    const { rows } = await client.query<OpenedRelation & { place: string }>(
      `select n.nspname as schema, c.relname as name, c.oid::regclass::text as place,
          has_any_column_privilege('howdah_read', c.oid, 'select') as is_granted
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        order by 1, 2`,
    );
    for (const row of rows) {
      const counted = await client.query<{ count: string }>(`select count(*) from ${row.place}`);
      row.count = counted.rows[0]?.count ?? '';
    }
    return rows;
  });
}

const histories = {
  practice_portal: 'Django',
  unm_prep: 'schema_version',
  pgadmin: 'Alembic',
  backend_db: 'Django',
};

test('each tool’s migrations are found', async ({ reviewer }) => {
  for (const [database, tool] of Object.entries(histories)) {
    await reviewer.goto(`/s/demo/${database}/migrations`);
    await expect(reviewer.getByRole('main').getByText(tool).first()).toBeVisible();
  }
  await reviewer.goto('/s/demo/blog/migrations');
  await expect(reviewer.getByRole('main')).toContainText('No migration');
});

/** Rows and a sum over the rows of each table, whatever their order. */
async function sumsOf(database: string): Promise<Record<string, string>> {
  return onDatabase(database, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname !~ '^pg_' and schemaname <> 'information_schema' order by 1`,
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from ${name} t`,
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

/** Takes a backup on the page, by several jobs where that is asked for, and restores it under another name. */
async function restoreFromPage(page: Page, database: string, copy: string, jobs: number): Promise<void> {
  await page.goto(`/s/demo/${database}/backups`);
  if (jobs === 1) {
    await page.getByRole('button', { name: 'Back up now' }).click();
  } else {
    await page.getByRole('button', { name: 'Choose…' }).click();
    await page.getByLabel('Format').selectOption({ label: 'Archive by several jobs (directory format)' });
    await page.getByLabel('Tables at once').selectOption(String(jobs));
    await page.getByRole('button', { name: `Back up ${database}` }).click();
    await expect(page.getByText(`by ${jobs} jobs`).filter({ visible: true }).first()).toBeVisible({
      timeout: 60_000,
    });
  }
  const restore = page.getByRole('button', { name: 'Restore…' }).first();
  await expect(restore).toBeVisible({ timeout: 60_000 });
  await restore.click();
  await page.getByLabel('Name of the new database').fill(copy);
  await page.getByRole('button', { name: `Restore into ${copy} on demo` }).click();
  await expect(page.getByText('The database is there.')).toBeVisible({ timeout: 120_000 });
}

test('the question of a restore stays open, with what was typed, while the list beneath it changes', async ({
  admin,
}) => {
  await admin.goto('/s/demo/blog/backups');
  const backUp = admin.getByRole('button', { name: 'Back up now' });
  const begin = () =>
    Promise.all([
      admin.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() === 202),
      backUp.click(),
    ]);
  const whole = admin.getByRole('button', { name: 'Restore…', includeHidden: true });
  const answer = await admin.request.get('/api/v1/backups?server=demo&database=blog');
  const { items } = (await answer.json()) as { items: { status: string }[] };
  const before = items.filter(({ status }) => status === 'succeeded').length;
  await begin();
  await expect(whole).toHaveCount(before + 1, { timeout: 60_000 });
  // The page is read again when the backup has begun, which is held back here until the question is open.
  let letGo = () => {};
  const isOpen = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await admin.route(/\/s\/demo\/blog\/backups\?_rsc/, async (route) => {
    await isOpen;
    await route.continue();
  });
  await begin();
  await whole.first().click();
  const name = admin.getByLabel('Name of the new database');
  await name.fill('typed by hand');
  letGo();
  await expect(whole).toHaveCount(before + 2, { timeout: 60_000 });
  await expect(name).toHaveValue('typed by hand');
});

for (const database of databases) {
  test(`a backup of ${database} restores from the page into an equal one`, async ({
    admin,
    server,
    marker,
  }) => {
    test.setTimeout(240_000);
    const copy = `copy ${marker}`;
    try {
      await restoreFromPage(admin, database, copy, database === 'practice_portal' ? 2 : 1);
      expect(await sumsOf(copy)).toEqual(await sumsOf(database));
    } finally {
      await server.query(`drop database if exists ${pg.escapeIdentifier(copy)} with (force)`);
    }
  });
}
