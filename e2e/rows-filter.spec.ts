import { seriousFindings } from './axe';
import { expect, test } from './fixtures';

const place = '/s/demo/blog/r/public/posts';

test('a filter of groups is written by keys, estimated, kept in the address and taken apart', async ({
  reviewer,
  blogDatabase,
}) => {
  const where = "status = 'archived' and (title like 'A%' or title like 'B%')";
  const { rows } = await blogDatabase.query(`select count(*)::int as n from posts where ${where}`);
  await reviewer.goto(`${place}?filter=status.eq.archived`);
  const bar = reviewer.getByRole('list', { name: 'Filter and order' });
  await bar.getByRole('button', { name: 'Edit filter' }).focus();
  await reviewer.keyboard.press('Enter');
  const dialog = reviewer.getByRole('dialog', { name: 'Filter' });
  await dialog.getByRole('button', { name: 'Add group' }).focus();
  await reviewer.keyboard.press('Enter');
  const group = dialog.getByRole('group').nth(1);
  await expect(group.getByRole('combobox', { name: 'Column' })).toBeFocused();
  for (const start of ['A%', 'B%']) {
    const last = group.getByRole('listitem').last();
    await last.getByRole('combobox', { name: 'Column' }).selectOption('title');
    await last.getByRole('combobox', { name: 'Operator' }).selectOption('like');
    await last.getByRole('textbox', { name: 'Value' }).fill(start);
    if (start === 'A%') await group.getByRole('button', { name: 'Add condition' }).press('Enter');
  }
  await dialog.getByRole('button', { name: 'Estimate' }).click();
  await expect(dialog.getByRole('status')).toContainText('The plan expects about');
  expect(await seriousFindings(reviewer)).toEqual([]);
  await group.getByRole('textbox', { name: 'Value' }).last().press('Enter');
  await expect(dialog).toBeHidden();
  expect(new URL(reviewer.url()).searchParams.getAll('filter')).toEqual([
    'status.eq.archived',
    'or.(title.like.A%25,title.like.B%25)',
  ]);
  await reviewer.reload();
  await reviewer.getByRole('button', { name: 'Count exactly' }).click();
  const exact = Number(rows[0]?.n).toLocaleString('en');
  await expect(reviewer.getByTitle(/^Counted in/)).toHaveText(`Exactly ${exact} rows`);
  await expect(reviewer.getByText('The plan expects about')).toBeVisible();
  await bar.getByRole('button', { name: /^title like A% or title like B%$/ }).click();
  await expect(dialog.getByRole('textbox', { name: 'Value' })).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Remove the group' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  expect(new URL(reviewer.url()).searchParams.getAll('filter')).toEqual(['status.eq.archived']);
});
