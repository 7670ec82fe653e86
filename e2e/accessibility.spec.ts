import { findRuns } from './api';
import { seriousFindings } from './axe';
import { type Desk, deskOf } from './desk';
import { expect, test } from './fixtures';
import { awake } from './shell';

/** Everything that a state of the desk needs: what leads there, and what shows that it is there. */
const deskStates: Record<string, (desk: Desk, marker: string) => Promise<void>> = {
  'the empty SQL page': async ({ page }) => {
    await expect(page.getByText('Results appear here')).toBeVisible();
  },
  'the SQL page with results': async (desk, marker) => {
    await desk.runAll(
      `select null as a, '' as b, 1 as c, now() as d, '${marker}' as e from generate_series(1, 50);\n` +
        `select id, title, status, created_at from posts limit 50`,
    );
    await expect(desk.tabs).toHaveText(['1SELECT · 50 rows', '2SELECT · 50 rows']);
    await desk.tabs.first().click();
    await desk.grid().focus();
    await desk.page.keyboard.press('Shift+ArrowDown');
  },
  'a cell in its panel': async (desk, marker) => {
    await desk.run(`select '{"${marker}": [1, 2, {"a": null}]}'::jsonb as document`);
    await desk.grid().focus();
    await desk.page.keyboard.press('Enter');
    await expect(desk.page.getByRole('complementary', { name: 'document' })).toBeVisible();
  },
  'the SQL page with an error': async (desk, marker) => {
    await desk.runAll(`select 1;\nselect '${marker}' from nowhere;\nselect 3`);
    await expect(desk.tabs).toHaveText(['1SELECT · 1 row', '2SELECT · failed', '3 skipped']);
  },
  'the SQL page with a refusal': async (desk) => {
    await desk.run('\\dt');
    await expect(desk.page.getByRole('alert').filter({ hasText: 'Nothing was run' })).toBeVisible();
  },
};

test.describe('axe finds nothing serious in either theme', () => {
  test('on the sign-in page', async ({ page }) => {
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('on the servers page, with the palette, with the keys', async ({ developer }) => {
    await developer.goto('/');
    await expect(developer.getByRole('link', { name: 'blog' })).toBeVisible();
    expect(await seriousFindings(developer)).toEqual([]);
    await awake(developer);
    await developer.getByRole('button', { name: 'Go to' }).click();
    await expect(developer.getByRole('option').first()).toBeVisible();
    expect(await seriousFindings(developer)).toEqual([]);
    await developer.keyboard.press('Escape');
    await developer.keyboard.press('?');
    await expect(developer.getByRole('dialog', { name: 'Keys of this page' })).toBeVisible();
    expect(await seriousFindings(developer)).toEqual([]);
  });

  for (const [name, reach] of Object.entries(deskStates)) {
    test(`on ${name}`, async ({ developer, marker }) => {
      const desk = deskOf(developer);
      await desk.open();
      await reach(desk, marker);
      expect(await seriousFindings(developer)).toEqual([]);
    });
  }

  test('on the history, one run, an empty history and no page', async ({ developer, marker }) => {
    const desk = deskOf(developer);
    await desk.open();
    await desk.runAll(`select '${marker}';\nselect '${marker}' from nowhere`);
    await expect(desk.tabs).toHaveText(['1SELECT · 1 row', '2SELECT · failed']);
    const runs = await findRuns(developer.request, marker);
    expect(runs).toHaveLength(2);
    await developer.goto(`/history?q=${marker}`);
    await expect(developer.getByRole('table').getByRole('link')).toHaveCount(2);
    expect(await seriousFindings(developer)).toEqual([]);
    for (const { id } of runs) {
      await developer.goto(`/history/${id}`);
      await expect(developer.getByRole('region', { name: 'Facts' })).toBeVisible();
      expect(await seriousFindings(developer)).toEqual([]);
    }
    for (const path of [`/history?q=no-${marker}`, '/s/atlantis']) {
      await developer.goto(path);
      await expect(developer.getByText(/No run matches|There is no server/)).toBeVisible();
      expect(await seriousFindings(developer), path).toEqual([]);
    }
  });
});
