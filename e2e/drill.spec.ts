import type { Page } from '@playwright/test';
import { expect, onDatabase, test } from './fixtures';

/** A blog of the test's own: others read the samples. */
const blog = `create table users (id int primary key, name text not null);
  create table posts (id int primary key, user_id int references users, body text, at timestamptz);
  create table tags (post_id int references posts, tag text, primary key (post_id, tag));
  insert into users select g, 'user ' || g from generate_series(1, 200) g;
  insert into posts select g, 1 + g % 200, repeat(md5(g::text), 4), now() - g * interval '1 min' from generate_series(1, 5000) g;
  insert into tags select g, 'tag ' || g % 7 from generate_series(1, 5000) g;`;

async function fill(database: string): Promise<void> {
  await onDatabase(database, (client) => client.query(blog));
}

/** Every table's rows as a count and a sum that no order changes. */
async function sumsOf(database: string): Promise<Record<string, string>> {
  return onDatabase(database, async (client) => {
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public' order by 1",
    );
    const sums: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ':' || coalesce(sum(hashtextextended((r.*)::text, 0)), 0) as sum from ${name} r`,
      );
      sums[name] = rows[0]?.sum ?? '';
    }
    return sums;
  });
}

async function proveFromPage(page: Page, database: string): Promise<void> {
  await page.goto(`/s/demo/${database}/backups`);
  await page.getByRole('button', { name: 'Back up now' }).click();
  const verify = page.getByRole('button', { name: 'Verify' }).first();
  await expect(verify).toBeVisible({ timeout: 60_000 });
  await verify.click();
  await expect(page.getByText('A restore has proven this backup')).toBeVisible({ timeout: 60_000 });
}

test('the drill: a proven database is dropped, and comes back from the page alone, counts and sums equal', async ({
  admin,
  server,
  marker,
}) => {
  test.setTimeout(180_000);
  const database = `drill_${marker.replaceAll('-', '_')}`;
  await server.query(`create database ${database}`);
  try {
    await fill(database);
    await proveFromPage(admin, database);
    const before = await sumsOf(database);
    expect(Object.keys(before).length).toBeGreaterThan(2);
    await server.query(`drop database ${database} with (force)`);

    await admin.goto('/backups/state');
    const row = admin.getByRole('row').filter({ hasText: database });
    await row.getByRole('link', { name: database }).click();
    await admin.getByRole('button', { name: 'Restore…' }).first().click();
    await admin.getByLabel('Name of the new database').fill(database);
    await admin.getByRole('button', { name: `Restore into ${database} on demo` }).click();
    await expect(admin.getByText('The database is there.')).toBeVisible({ timeout: 120_000 });
    expect(await sumsOf(database)).toEqual(before);
  } finally {
    await server.query(`drop database if exists ${database} with (force)`);
  }
});

test('a schedule is set, changed and removed from the page, and the state shows its next run', async ({
  admin,
  server,
  marker,
}) => {
  const database = `plan_${marker.replaceAll('-', '_')}`;
  await server.query(`create database ${database}`);
  try {
    await admin.goto(`/s/demo/${database}/backups`);
    const schedules = admin.getByRole('region', { name: 'Schedules' });
    await schedules.getByRole('button', { name: 'Schedule… Back up' }).click();
    await admin.getByLabel('Schedule', { exact: true }).fill('never');
    await admin.getByRole('button', { name: 'Set the schedule' }).click();
    await expect(admin.getByText('it needs five fields')).toBeVisible();
    await admin.getByLabel('Schedule', { exact: true }).fill('30 3 * * *');
    await admin.getByLabel('Time zone').fill('Europe/Berlin');
    await admin.getByLabel('Daily').fill('7');
    await admin.getByRole('button', { name: 'Set the schedule' }).click();
    await expect(schedules.getByText('30 3 * * *')).toBeVisible();
    await admin.goto('/backups/state');
    const row = admin.getByRole('row').filter({ hasText: database });
    await expect(row.getByText('No backup')).toBeVisible();
    await expect(row.getByRole('time')).toHaveCount(1);
    await admin.goto(`/s/demo/${database}/backups`);
    await schedules.getByRole('button', { name: 'Change… Back up' }).click();
    await admin.getByRole('button', { name: 'Remove the schedule' }).click();
    await expect(schedules.getByText('no schedule')).toHaveCount(2);
  } finally {
    await server.query(`drop database if exists ${database} with (force)`);
  }
});

test('a check query is added from the page, and a copy that does not hold it is not called proven', async ({
  admin,
  server,
  marker,
}) => {
  test.setTimeout(120_000);
  const database = `check_${marker.replaceAll('-', '_')}`;
  await server.query(`create database ${database}`);
  try {
    await fill(database);
    await admin.goto(`/s/demo/${database}/backups`);
    await admin.getByRole('button', { name: 'Change… the check queries' }).click();
    await admin.getByLabel('Name', { exact: true }).fill('enough posts');
    await admin.getByLabel('Query').fill('select count(*) > 9000 from posts');
    await admin.getByRole('button', { name: 'Add the query' }).click();
    await expect(admin.getByRole('button', { name: 'Remove enough posts' })).toBeVisible();
    await admin.keyboard.press('Escape');
    await admin.getByRole('button', { name: 'Back up now' }).click();
    await admin.getByRole('button', { name: 'Verify' }).first().click({ timeout: 60_000 });
    await expect(admin.getByText('"enough posts" answered f, not true')).toBeVisible({ timeout: 60_000 });
    await admin.goto(`/s/demo/${database}/backups`);
    await expect(admin.getByText('Proof failed')).toBeVisible();
  } finally {
    await server.query(`drop database if exists ${database} with (force)`);
  }
});
