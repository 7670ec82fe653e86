import { seriousFindings } from './axe';
import { expect, test } from './fixtures';

test(`axe finds nothing serious where rows are changed, in either theme`, async ({ developer }) => {
  await developer.goto('/s/demo/blog/r/public/posts');
  const grid = developer.getByRole('grid', { name: 'Rows of public.posts' });
  const first = grid.getByRole('row').nth(1).getByRole('gridcell').nth(1);
  await first.click();
  await developer.keyboard.press('r');
  await expect(
    developer.getByRole('complementary', { name: 'Ties of the row' }).getByText('Reading'),
  ).toHaveCount(0);
  expect(await seriousFindings(developer)).toEqual([]);
  await developer.keyboard.press('Escape');
  await first.click();
  await developer.keyboard.press('F2');
  await developer.getByRole('textbox', { name: 'New value of user_id' }).fill('changed');
  expect(await seriousFindings(developer)).toEqual([]);
  await developer.keyboard.press('Enter');
  await developer.keyboard.press('ArrowDown');
  await developer.keyboard.press('Delete');
  expect(await seriousFindings(developer)).toEqual([]);
  await developer.keyboard.press('Control+S');
  const dialog = developer.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'SQL' })).toBeVisible();
  expect(await seriousFindings(developer)).toEqual([]);
  await dialog.getByRole('button', { name: 'Apply to blog on demo' }).click();
  await expect(dialog.getByRole('alert')).toContainText('invalid input syntax for type uuid: "changed"');
  expect(await seriousFindings(developer)).toEqual([]);
  await developer.keyboard.press('Escape');
  await developer.getByRole('button', { name: 'Import CSV' }).click();
  await dialog
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from('id,title\n1,x\n') });
  await expect(dialog.getByRole('region', { name: 'Preview of the file' })).toBeVisible();
  expect(await seriousFindings(developer)).toEqual([]);
});
