import type { Locator, Page } from '@playwright/test';
import { findRuns, postQuery } from './api';
import { expectToStop, waitForSleeper } from './backends';
import { expect, test } from './fixtures';
import { awake } from './shell';

/** The runs that a history page lists. */
function runsOf(page: Page): Locator {
  return page.getByRole('table', { name: 'Runs, newest first' }).getByRole('link');
}

/** A time as the fields of the filter take it, in the zone of the browser, which is this machine's. */
function localTime(hoursFromNow: number): string {
  const moment = new Date(Date.now() + hoursFromNow * 3_600_000);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

test.describe('filters', () => {
  test.beforeEach(async ({ admin, developer, marker }) => {
    await postQuery(developer.request, {
      sql: `select 'one ${marker}'; select 'two ${marker}' from nowhere`,
    });
    await postQuery(developer.request, { sql: `select 'three ${marker}'`, database: 'postgres' });
    await postQuery(admin.request, { sql: `select 'four ${marker}'` });
  });

  const choices = [
    ['User', 'admin', 'user=admin', ['four']],
    ['Database', 'postgres', 'database=postgres', ['three']],
    ['Status', 'Failed', 'status=failed', ['two']],
    ['Server', 'Demo', 'server=demo', ['four', 'three', 'two', 'one']],
  ] as const;
  for (const [field, choice, parameter, expected] of choices) {
    test(`by ${field.toLowerCase()}; the URL is the state`, async ({ reviewer, marker }) => {
      await reviewer.goto(`/history?q=${marker}`);
      await expect(runsOf(reviewer)).toHaveCount(4);
      await reviewer.getByLabel(field, { exact: true }).selectOption(choice);
      await reviewer.getByRole('button', { name: 'Filter' }).click();
      await expect(reviewer).toHaveURL(
        (url) => url.search.includes(parameter) && url.search.includes(marker),
      );
      const texts = expected.map((word) => new RegExp(`'${word} ${marker}'`));
      await expect(runsOf(reviewer)).toHaveText(texts);
      await reviewer.reload();
      await expect(runsOf(reviewer)).toHaveText(texts);
      await expect(reviewer.getByLabel('SQL contains')).toHaveValue(marker);
      await reviewer.goBack();
      await expect(runsOf(reviewer)).toHaveCount(4);
      await expect(reviewer.getByLabel(field, { exact: true })).toHaveValue('');
    });
  }

  test('by text: letters of any case, and no wildcards', async ({ reviewer, marker }) => {
    await reviewer.goto('/history');
    const field = reviewer.getByLabel('SQL contains');
    await field.fill(`THREE ${marker}`);
    await field.press('Enter');
    await expect(runsOf(reviewer)).toHaveText([new RegExp(`three ${marker}`)]);
    await field.fill(`%${marker}`);
    await field.press('Enter');
    await expect(reviewer.getByText('No run matches these filters')).toBeVisible();
    await reviewer.getByRole('main').getByRole('link', { name: 'Clear filters' }).last().click();
    await expect(reviewer).toHaveURL('/history');
    await expect(field).toHaveValue('');
  });

  test('by time', async ({ reviewer, marker }) => {
    await reviewer.goto(`/history?q=${marker}`);
    await expect(runsOf(reviewer)).toHaveCount(4);
    const from = reviewer.getByLabel('From');
    const to = reviewer.getByLabel('To', { exact: true });
    const filter = async (since: string, until: string) => {
      await from.fill(since);
      await to.fill(until);
      await reviewer.getByRole('button', { name: 'Filter' }).click();
    };
    await filter(localTime(1), '');
    await expect(reviewer.getByText('No run matches these filters')).toBeVisible();
    await filter('', localTime(-1));
    await expect(reviewer).toHaveURL(/\?q=.*&to=/);
    await expect(reviewer.getByText('No run matches these filters')).toBeVisible();
    const since = localTime(-1);
    await filter(since, localTime(1));
    await expect(runsOf(reviewer)).toHaveCount(4);
    await reviewer.reload();
    await expect(from).toHaveValue(since);
    await expect(runsOf(reviewer)).toHaveCount(4);
  });

  test('a parameter that is no filter value is refused in words', async ({ reviewer }) => {
    await reviewer.goto('/history?from=yesterday');
    await expect(reviewer.getByRole('alert').filter({ hasText: 'from: must be a time' })).toBeVisible();
    await expect(reviewer.getByRole('link', { name: 'History' })).toBeVisible();
  });

  test('at 400 px wide', async ({ reviewer, marker }) => {
    await reviewer.setViewportSize({ width: 400, height: 800 });
    await reviewer.goto(`/history?q=${marker}`);
    await expect(runsOf(reviewer)).toHaveCount(4);
    await expect(runsOf(reviewer).first()).toBeInViewport();
    const first = reviewer.getByRole('row').filter({ hasText: `four ${marker}` });
    await expect(first).toContainText(/Succeeded.*admin.*demo\/blog.*1 row/);
    await expectNoSidewaysScroll(reviewer);
    await awake(reviewer);
    await reviewer.getByRole('button', { name: 'More' }).click();
    await reviewer.getByLabel('Status', { exact: true }).selectOption('Failed');
    await reviewer.getByRole('button', { name: 'Filter' }).click();
    await expect(runsOf(reviewer)).toHaveCount(1);
    await runsOf(reviewer).click();
    await expect(reviewer.getByText('This statement failed')).toBeVisible();
    await expectNoSidewaysScroll(reviewer);
    await reviewer.getByRole('button', { name: 'Open the sidebar' }).click();
    await reviewer.getByRole('dialog', { name: 'Sidebar' }).getByRole('link', { name: 'History' }).click();
    await expect(reviewer).toHaveURL('/history');
  });
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth);
  expect(excess, 'pixels that stand out at the right').toBe(0);
}

test('more runs than a page holds', async ({ developer, marker }) => {
  const statements = Array.from({ length: 53 }, (_, index) => `select '${marker}', ${index + 1}`);
  await postQuery(developer.request, { sql: statements.join(';') });
  await developer.goto(`/history?q=${marker}`);
  await expect(runsOf(developer)).toHaveCount(50);
  await expect(runsOf(developer).first()).toHaveText(`select '${marker}', 53`);
  await developer.getByRole('link', { name: 'Older runs' }).click();
  await expect(runsOf(developer)).toHaveText([3, 2, 1].map((number) => `select '${marker}', ${number}`));
  await expect(developer).toHaveURL(/q=.*&after=/);
  await expect(developer.getByRole('link', { name: 'Older runs' })).toHaveCount(0);
  await developer.reload();
  await expect(runsOf(developer)).toHaveCount(3);
  await developer.getByRole('link', { name: 'Newest' }).click();
  await expect(runsOf(developer)).toHaveCount(50);
});

test('a reviewer sees what a developer ran, and may run it again', async ({
  developer,
  reviewer,
  marker,
}) => {
  await postQuery(developer.request, { sql: `select '${marker}' as a, 2 as b` });
  await reviewer.goto(`/history?q=${marker}`);
  await expect(reviewer.getByRole('row').filter({ hasText: marker })).toContainText('developer');
  await awake(reviewer);
  await reviewer.keyboard.press('j');
  await expect(runsOf(reviewer)).toBeFocused();
  await reviewer.keyboard.press('Enter');
  await expect(reviewer.getByText(/^Succeeded after .* with 1 row\.$/)).toBeVisible();
  await reviewer.getByRole('link', { name: 'Open in editor' }).click();
  const editor = reviewer.getByRole('textbox', { name: 'SQL editor' });
  await editor.focus();
  await reviewer.keyboard.press('Control+Enter');
  await expect(reviewer.getByRole('tab')).toHaveText(['1SELECT · 1 row']);
  const users = (await findRuns(reviewer.request, marker)).map((run) => run.user);
  expect(users).toEqual(['reviewer', 'developer']);
});

test('an id that nobody knows has no page', async ({ developer }) => {
  await developer.goto('/history/01900000-0000-7000-8000-000000000000');
  await expect(developer.getByText('There is no such run for you.')).toBeVisible();
  await expect(developer.getByRole('navigation', { name: 'Rooms' })).toBeVisible();
});

test('an id that is none has no page either', async ({ developer }) => {
  await developer.goto('/history/nonsense');
  await expect(developer.getByText('There is no such run for you.')).toBeVisible();
});

test('a run that still runs is cancelled from its page', async ({ developer, reviewer, server, marker }) => {
  const answer = postQuery(developer.request, { sql: `select pg_sleep(60), '${marker}'` });
  const backend = await waitForSleeper(server, marker);
  await reviewer.goto(`/history?q=${marker}&status=running`);
  await expect(reviewer.getByRole('row').filter({ hasText: marker })).toContainText('Running');
  await runsOf(reviewer).click();
  await expect(reviewer.getByText('PostgreSQL is still working on it. This page follows.')).toBeVisible();
  await expect(reviewer.getByRole('button', { name: 'Cancel on demo/blog' })).toHaveCount(0);

  await developer.goto(reviewer.url());
  await awake(developer);
  await developer.getByRole('button', { name: 'Cancel on demo/blog' }).click();
  await expectToStop(server, backend);
  await answer;
  for (const page of [developer, reviewer]) {
    await expect(page.getByRole('alert').filter({ hasText: 'This run was cancelled after' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cancel on demo/blog' })).toHaveCount(0);
  }
});
