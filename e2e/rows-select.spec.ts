import type { Locator, Page } from '@playwright/test';
import { seriousFindings } from './axe';
import { expect, test } from './fixtures';

const place = '/s/demo/blog/r/public';

/** What Ctrl-C would put into the clipboard, by lines. */
async function copied(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const data = new DataTransfer();
    const event = new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return data.getData('text/plain');
  });
  return text.split('\n');
}

/** Drags the header of a column to the left or the right half of another's. */
async function dragHeader(grid: Locator, name: string, to: { name: string; half: 'left' | 'right' }) {
  const page = grid.page();
  const boxOf = async (column: string) => {
    const box = await grid.getByRole('columnheader', { name: column }).boundingBox();
    if (box === null) throw new Error(`The header of ${column} is not in sight.`);
    return box;
  };
  const [from, target] = [await boxOf(name), await boxOf(to.name)];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + from.height / 2);
  await page.mouse.move(target.x + target.width * (to.half === 'left' ? 0.2 : 0.8), target.y + 10, {
    steps: 4,
  });
  await page.mouse.up();
}

test('whole rows are selected by their numbers and by keys, copied, added up and deleted', async ({
  developer,
  blogDatabase,
  marker,
}) => {
  const name = `picked_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await blogDatabase.query(`create table ${name} (id int primary key, body text);
    insert into ${name} select i, 'row ' || i from generate_series(1, 40) i;
    grant select on ${name} to howdah_read; grant select, insert, update, delete on ${name} to howdah_write`);
  try {
    await developer.goto(`${place}/${name}`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    const number = (row: number) => grid.getByRole('rowheader', { name: String(row), exact: true });
    const said = developer.getByRole('status').filter({ hasText: /selected|Copied/ });
    const row = (of: number) => grid.getByRole('row', { selected: true }).filter({ hasText: `row ${of}` });
    await number(2).click();
    await expect(said).toHaveText('1 row selected');
    await number(5).click({ modifiers: ['Shift'] });
    await expect(said).toHaveText('4 rows selected');
    await number(3).click({ modifiers: ['ControlOrMeta'] });
    await number(8).click({ modifiers: ['ControlOrMeta'] });
    await expect(grid.getByRole('row', { selected: true })).toHaveCount(4);
    await expect(developer.getByRole('status', { name: 'Selection' })).toContainText('sum 19');
    expect(await copied(developer)).toEqual(['2\trow 2', '4\trow 4', '5\trow 5', '8\trow 8']);
    await expect(said).toHaveText('Copied 4 rows, 8 cells.');
    expect(await seriousFindings(developer)).toEqual([]);

    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+Space', 'ArrowUp', 'Shift+Space', 'Shift+Space'])
      await developer.keyboard.press(key);
    await expect(said).toHaveText('5 rows selected');
    await expect(row(10)).toHaveCount(1);
    await developer.keyboard.press('Delete');
    await expect(developer.getByRole('toolbar', { name: 'Changes' }).getByRole('status')).toHaveText(
      '5 changes not made yet',
    );
    await developer.keyboard.press('Control+S');
    const dialog = developer.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Apply to blog on demo' }).click();
    await expect(dialog).toBeHidden();
    await expect(grid).toHaveAttribute('aria-rowcount', '36');
    await expect(grid.getByRole('row', { selected: true })).toHaveCount(0);
    const { rows } = await blogDatabase.query(`select id from ${name} where id < 12 order by id`);
    expect(rows.map(({ id }) => id)).toEqual([1, 3, 6, 7, 9, 11]);

    const all = grid.getByRole('button', { name: 'Select all rows that are here' });
    await all.click();
    await expect(said).toHaveText('35 rows selected');
    await expect(grid).toBeFocused();
    await grid.getByRole('gridcell', { name: 'row 3', exact: true }).click();
    await expect(grid.getByRole('row', { selected: true })).toHaveCount(0);
  } finally {
    await blogDatabase.query(`drop table ${name}`);
  }
});

test('a header is dragged to another place, which sorts nothing, stays in its group, and is kept', async ({
  developer,
  blogDatabase,
  marker,
}) => {
  const name = `dragged_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await blogDatabase.query(`create table ${name} (id int primary key, alpha text, beta text, gamma text);
    insert into ${name} values (1, 'a', 'b', 'c'); grant select on ${name} to howdah_read, howdah_write`);
  try {
    await developer.goto(`${place}/${name}`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    const row = async () =>
      (await grid.getByRole('row').nth(1).getByRole('gridcell').allInnerTexts()).map((text) => text.trim());
    await expect.poll(row).toEqual(['1', 'a', 'b', 'c']);
    await dragHeader(grid, 'gamma', { name: 'gamma', half: 'left' });
    await dragHeader(grid, 'gamma', { name: 'alpha', half: 'left' });
    await expect.poll(row).toEqual(['1', 'c', 'a', 'b']);
    await grid.getByRole('gridcell', { name: 'a', exact: true }).click();
    await developer.keyboard.press('p');
    await expect.poll(row).toEqual(['a', '1', 'c', 'b']);
    const kept = developer.waitForResponse((answer) => answer.request().method() === 'PUT');
    await dragHeader(grid, 'beta', { name: 'alpha', half: 'left' });
    await expect.poll(row).toEqual(['a', 'b', '1', 'c']);
    expect((await kept).status()).toBe(204);
    await expect(developer).toHaveURL(new RegExp(`/${name}$`));
    await developer.reload();
    await expect.poll(row).toEqual(['a', 'b', '1', 'c']);
    await grid.getByRole('columnheader', { name: 'beta' }).click();
    await expect(developer).toHaveURL(/sort=beta$/);
    expect(await row()).toEqual(['a', 'b', '1', 'c']);
  } finally {
    await blogDatabase.query(`drop table ${name}`);
  }
});

test('a row that is inserted into a long table is gone to, and stays the last one', async ({
  developer,
  blogDatabase,
  marker,
}) => {
  const name = `inserted_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await blogDatabase.query(`create table ${name} (id int primary key, body text);
    insert into ${name} select i, 'row ' || i from generate_series(1, 300) i; analyze ${name};
    grant select on ${name} to howdah_read; grant select, insert, update, delete on ${name} to howdah_write`);
  try {
    await developer.goto(`${place}/${name}`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    await expect(grid).toHaveAttribute('aria-rowcount', '101');
    await developer.getByRole('button', { name: 'Insert row' }).press('Enter');
    await expect(grid).toBeFocused();
    await developer.keyboard.press('F2');
    await developer.getByRole('textbox', { name: 'New value of id' }).fill('301');
    await developer.keyboard.press('Enter');
    await expect(grid.getByRole('row').last()).toContainText('301, to be inserted');
    await developer.keyboard.press('ArrowUp');
    await developer.keyboard.press('Control+ArrowDown');
    await expect(grid.getByRole('gridcell', { name: /^301/ })).toHaveAttribute('aria-selected', 'true');
    await expect(grid).toHaveAttribute('aria-rowcount', '102');
    await developer.getByRole('button', { name: 'Discard' }).press('Enter');
    await expect(grid).toHaveAttribute('aria-rowcount', '201');
  } finally {
    await blogDatabase.query(`drop table ${name}`);
  }
});
