import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { findRuns, sameOrigin } from './api';
import { deskOf } from './desk';
import { expect, test } from './fixtures';

async function choose(page: Page, format: string): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: format }).click();
}

async function download(page: Page, format: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), choose(page, format)]);
  return { name: file.suggestedFilename(), text: await textOf(file) };
}

async function textOf(file: Download): Promise<string> {
  return readFile(await file.path(), 'utf8');
}

test('all rows of a table are exported under its filter and in its order', async ({
  reviewer,
  blogDatabase,
}) => {
  await reviewer.goto('/s/demo/blog/r/public/posts?sort=title.desc&filter=status.eq.archived&limit=50');
  await expect(reviewer.getByRole('grid').getByRole('gridcell').first()).toBeVisible();
  const { name, text } = await download(reviewer, 'NDJSON');
  expect(name).toBe('blog-public-posts.ndjson');
  const { rows } = await blogDatabase.query<{ id: string }>(
    "select id from posts where status = 'archived' order by title desc, id desc",
  );
  const ids = text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toHaveLength(rows.length);
  expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
  await expect(reviewer.getByRole('status').filter({ hasText: 'Exported' })).toBeVisible();
  await reviewer.getByRole('button', { name: 'Dismiss' }).click();
  const csv = await download(reviewer, 'CSV, as PostgreSQL writes it');
  expect(csv.name).toBe('blog-public-posts.csv');
  expect(csv.text.split('\n')[0]).toContain('id,user_id,title');
});

test('the menu works by keys alone', async ({ reviewer }) => {
  await reviewer.goto('/s/demo/blog/r/public/users');
  await expect(reviewer.getByRole('grid').getByRole('gridcell').first()).toBeVisible();
  await reviewer.getByRole('button', { name: 'Export' }).focus();
  await reviewer.keyboard.press('Enter');
  // Each key goes to what has the focus, which moves after the key before.
  await expect(reviewer.getByRole('menuitem').first()).toBeFocused();
  await reviewer.keyboard.press('j');
  await expect(reviewer.getByRole('menuitem', { name: 'JSON, one array' })).toBeFocused();
  const [file] = await Promise.all([reviewer.waitForEvent('download'), reviewer.keyboard.press('Enter')]);
  expect(JSON.parse(await textOf(file)).length).toBeGreaterThan(100);
});

test('all rows of a result are exported, and the run is in the history', async ({ developer, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(`select g as n, '${marker}' as mark from generate_series(1, 1500) g`);
  await expect(desk.grid()).toBeVisible();
  const { name, text } = await download(developer, 'JSON, one array');
  expect(name).toBe('blog-result.json');
  expect((JSON.parse(text) as unknown[]).length).toBe(1500);
  const runs = await findRuns(developer.request, marker);
  expect(runs.map(({ sql, level, status }) => [sql.slice(0, 4), level, status])).toContainEqual([
    ...['copy', 'read', 'succeeded'],
  ]);
});

test('a result of another level is not exported', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.toolbar.getByLabel('Level').selectOption('write');
  await desk.run('select 1 as n');
  await expect(desk.grid()).toBeVisible();
  await expect(developer.getByRole('button', { name: 'Export' })).toHaveCount(0);
});

test('an export is told how far it is, can be cancelled, and breaks off visibly in the browser', async ({
  developer,
  server,
  marker,
}) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(`select repeat('x', 1000), '${marker}', generate_series(1, 100000000)`);
  await expect(desk.grid()).toBeVisible();
  const running = () =>
    server.query<{ pid: number }>(
      "select pid from pg_stat_activity where state = 'active' and query ~ '^copy' and position($1 in query) > 0",
      [marker],
    );
  const begin = async () => {
    const [file] = await Promise.all([developer.waitForEvent('download'), choose(developer, 'NDJSON')]);
    await expect(developer.getByRole('status').filter({ hasText: /Exporting, [\d,]+ rows, / })).toBeVisible();
    return file;
  };
  const cancelled = await begin();
  await developer.getByRole('button', { name: 'Cancel the export' }).click();
  await expect.poll(async () => (await running()).rowCount).toBe(0);
  await expect(developer.getByRole('alert').filter({ hasText: 'cancelled' })).toBeVisible();
  expect(await cancelled.failure()).not.toBeNull();

  const broken = await begin();
  const { rows } = await running();
  await server.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  expect(await broken.failure()).not.toBeNull();
  await expect(developer.getByRole('alert').filter({ hasText: 'not whole' })).toBeVisible();
  const statuses = async () =>
    (await findRuns(developer.request, marker)).map(({ kind, status }) => `${kind} ${status}`);
  await expect.poll(statuses).toEqual(expect.arrayContaining(['export cancelled', 'export failed']));
});

test('an export that fails on its way is broken off, never a whole file', async ({ developer, marker }) => {
  const sql = `select 1 / (500000 - n), '${marker}' from generate_series(1, 1000000) n`;
  for (const format of ['csv', 'json', 'ndjson', 'sql']) {
    const answer = developer.request.post('/api/v1/servers/demo/databases/blog/export', {
      data: { sql, format },
      headers: sameOrigin,
    });
    await expect(answer, format).rejects.toThrow();
  }
  await expect
    .poll(async () => (await findRuns(developer.request, marker)).map(({ status }) => status))
    .toEqual(['failed', 'failed', 'failed', 'failed']);
  const early = await developer.request.post('/api/v1/servers/demo/databases/blog/export', {
    data: { sql: 'select wrong', format: 'csv' },
    headers: sameOrigin,
  });
  expect([early.status(), (await early.json()).error.position]).toEqual([422, 8]);
});
