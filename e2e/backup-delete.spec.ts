import { seriousFindings } from './axe';
import { backUp } from './backups';
import { expect, test } from './fixtures';

test('an admin deletes a backup by its menu, once the name of its database is typed', async ({ admin }) => {
  await backUp(admin.request, 'unm_prep');
  await backUp(admin.request, 'unm_prep');
  await admin.goto('/s/demo/unm_prep/backups');
  const newest = admin.getByRole('table', { name: 'Backups, newest first' }).getByRole('row').nth(1);
  await newest.getByRole('button', { name: 'Actions for the backup of unm_prep' }).press('Enter');
  await admin.getByRole('menuitem', { name: 'Delete…' }).press('Enter');
  const dialog = admin.getByRole('dialog', { name: 'Delete a backup of unm_prep' });
  const remove = dialog.getByRole('button', { name: 'Delete the backup' });
  await expect(remove).toBeDisabled();
  await dialog.getByLabel('Type unm_prep to go on').fill('unm_prep');
  expect(await seriousFindings(admin)).toEqual([]);
  await remove.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(newest).toContainText('Deleted');
  await expect(newest.getByRole('button')).toHaveCount(0);
});

test('who is no admin is not offered it', async ({ developer }) => {
  await developer.goto('/s/demo/unm_prep/backups');
  await developer.getByRole('button', { name: 'Actions for the backup of unm_prep' }).first().press('Enter');
  await expect(developer.getByRole('menuitem', { name: 'Download' })).toBeVisible();
  await expect(developer.getByRole('menuitem', { name: 'Delete…' })).toHaveCount(0);
});
