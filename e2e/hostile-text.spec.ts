import type { Page } from '@playwright/test';
import { findRuns } from './api';
import { cellsOf, deskOf } from './desk';
import { expect, test } from './fixtures';
import { expectCleanRecord, watch } from './witness';

const image = '<img src=x onerror="alert(1)">';
const script = '<script>alert(2)</script>';

/** Counts what a script of a stranger would open. */
function countDialogs(page: Page): () => number {
  let count = 0;
  page.on('dialog', async (dialog) => {
    count += 1;
    await dialog.dismiss();
  });
  return () => count;
}

test('hostile text is shown as text wherever it stands', async ({ developer, marker }) => {
  const witness = await watch(developer.context());
  const dialogs = countDialogs(developer);
  const desk = deskOf(developer);
  await desk.open();

  await test.step('in a cell and as the name of a column', async () => {
    await desk.run(`select '${image}' as "${script.slice(0, 60)}", '${marker}' as "<b>bold</b>"`);
    await expect(desk.grid().getByRole('columnheader').nth(1)).toContainText(script);
    await expect(desk.grid().getByRole('columnheader').nth(2)).toContainText('<b>bold</b>');
    await expect(cellsOf(desk.grid(), 0)).toHaveText([image, marker]);
    await desk.grid().focus();
    await developer.keyboard.press('Enter');
    await expect(developer.getByRole('complementary', { name: script })).toContainText(image);
    await developer.keyboard.press('Escape');
  });

  await test.step('in an error, also where the editor shows it', async () => {
    await desk.run(`select '${image}${marker}'::int`);
    const error = developer.getByRole('region', { name: 'Statement 1 failed' });
    await expect(error).toContainText(`invalid input syntax for type integer: "${image}${marker}"`);
    await developer.keyboard.press('F8');
    await expect(developer.getByRole('alert', { name: 'invalid input syntax' })).toContainText(image);
  });

  await test.step('in a notice', async () => {
    await desk.toolbar.getByLabel('Level').selectOption('Write');
    await desk.run(`do $$ begin raise warning '%', '${image}${marker}'; end $$`);
    await expect(developer.getByRole('list', { name: 'Notices' })).toContainText(`${image}${marker}`);
  });

  await test.step('in the history, in a run and in a filter', async () => {
    await developer.goto(
      `/history?q=${encodeURIComponent(`${image}${marker}`)}&user=${encodeURIComponent(script)}`,
    );
    await expect(developer.getByText('No run matches these filters')).toBeVisible();
    await expect(developer.getByLabel('User', { exact: true })).toHaveValue(script);
    await developer.goto(`/history?q=${marker}`);
    await expect(developer.getByRole('main').getByRole('link').filter({ hasText: image })).toHaveCount(3);
    for (const { id } of await findRuns(developer.request, marker)) {
      await developer.goto(`/history/${id}`);
      await expect(developer.getByRole('region', { name: 'SQL' })).toContainText(image);
    }
  });

  await test.step('in an address', async () => {
    await developer.goto(`/s/${encodeURIComponent(script)}/blog/query`);
    await expect(developer.getByText(`There is no server "${script}" for you.`)).toBeVisible();
  });

  expect(dialogs()).toBe(0);
  expectCleanRecord({
    ...witness,
    troubles: witness.troubles.filter((text) => !text.includes('status of 404')),
  });
});
