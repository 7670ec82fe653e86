import type { Locator, Page } from '@playwright/test';
import type pg from 'pg';
import { expect, onDatabase, test } from './fixtures';

const place = '/s/demo/blog/r/public';

const onBlog = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => onDatabase('blog', work);

/** A table of the test's own, granted as the wall grants others. */
async function withTable(name: string, work: () => Promise<void>): Promise<void> {
  await onBlog((client) =>
    client.query(`create table ${name} (id int primary key, body text default 'by default', done bool, doc jsonb);
      insert into ${name} select i, 'note ' || i, false, '{"n": 10.00}' from generate_series(1, 5) i;
      create table ${name}_child (id int primary key, parent int references ${name} on delete cascade);
      insert into ${name}_child values (1, 5), (2, 5);
      grant select on ${name}, ${name}_child to howdah_read;
      grant select, insert, update, delete on ${name}, ${name}_child to howdah_write`),
  );
  try {
    await work();
  } finally {
    await onBlog((client) => client.query(`drop table ${name}, ${name}_child`));
  }
}

const cell = (grid: Locator, row: number, column: number) =>
  grid.getByRole('row').nth(row).getByRole('gridcell').nth(column);

async function openGrid(page: Page, name: string): Promise<Locator> {
  await page.goto(`${place}/${name}`);
  const grid = page.getByRole('grid', { name: `Rows of public.${name}` });
  await expect(grid.getByRole('gridcell', { name: 'note 1', exact: true })).toBeVisible();
  return grid;
}

async function review(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+S');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'SQL' })).toBeVisible();
  return dialog;
}

test('cells, a new row and a delete are staged, shown as SQL, and made at once', async ({
  developer,
  marker,
}) => {
  const name = `edit_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await withTable(name, async () => {
    const grid = await openGrid(developer, name);
    await cell(grid, 1, 1).click();
    await developer.keyboard.press('F2');
    await developer.getByRole('textbox', { name: 'New value of body' }).fill("it's\u00e9");
    await developer.keyboard.press('Enter');
    await expect(cell(grid, 1, 1)).toContainText("it's\u00e9");
    await developer.keyboard.press('ArrowDown');
    await developer.keyboard.press('Enter');
    await developer.getByRole('button', { name: 'Set NULL' }).click();
    await expect(cell(grid, 2, 1)).toContainText('NULL');
    await cell(grid, 3, 2).dblclick();
    await developer.getByRole('combobox', { name: 'New value of done' }).selectOption('true');
    await developer.keyboard.press('Enter');
    await cell(grid, 5, 0).click();
    await developer.keyboard.press('Delete');
    await developer.keyboard.press('Insert');
    await cell(grid, 6, 0).dblclick();
    await developer.keyboard.type('77');
    await developer.keyboard.press('Enter');
    const dialog = await review(developer);
    await expect(dialog.getByRole('region', { name: 'SQL' })).toHaveText(
      [
        `update public.${name} s set body = 'it''s\u00e9' where s.id = 1;`,
        `update public.${name} s set body = null where s.id = 2;`,
        `update public.${name} s set done = 't' where s.id = 3;`,
        `delete from public.${name} s where s.id = 5;`,
        `insert into public.${name} (id) values (77);`,
      ].join('\n'),
    );
    await expect(dialog.getByRole('region', { name: 'What the deletes reach' })).toContainText(
      `2 rows of public.${name}_child are deleted too`,
    );
    await dialog.getByRole('button', { name: 'Apply to blog on demo' }).click();
    await expect(dialog).toBeHidden();
    await expect(cell(grid, 5, 1)).toHaveText('by default');
    const { rows } = await onBlog((client) => client.query(`select id, body, done from ${name} order by id`));
    expect(rows).toEqual([
      { id: 1, body: "it's\u00e9", done: false },
      { id: 2, body: null, done: false },
      { id: 3, body: 'note 3', done: true },
      { id: 4, body: 'note 4', done: false },
      { id: 77, body: 'by default', done: null },
    ]);
  });
});

test('S67: who comes second sees both versions and chooses', async ({ developer, marker }) => {
  const name = `conflict_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await withTable(name, async () => {
    const grid = await openGrid(developer, name);
    await cell(grid, 1, 1).dblclick();
    await developer.keyboard.type('mine');
    await developer.keyboard.press('Enter');
    await onBlog((client) => client.query(`update ${name} set body = 'theirs' where id = 1`));
    const dialog = await review(developer);
    await dialog.getByRole('button', { name: 'Apply to blog on demo' }).click();
    const conflict = dialog.getByRole('region', { name: 'Conflict' });
    await expect(conflict.getByRole('row', { name: 'body note 1 theirs mine' })).toBeVisible();
    const after = await onBlog((client) => client.query(`select body from ${name} where id = 1`));
    expect(after.rows).toEqual([{ body: 'theirs' }]);
    await conflict.getByRole('button', { name: 'Put my change over theirs' }).click();
    await dialog.getByRole('button', { name: 'Apply to blog on demo' }).click();
    await expect(dialog).toBeHidden();
    await expect(cell(grid, 1, 1)).toHaveText('mine');
  });
});

test('undo goes back step by step, and what is set back is no change', async ({ developer, marker }) => {
  const name = `undo_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await withTable(name, async () => {
    const grid = await openGrid(developer, name);
    const bar = developer.getByRole('toolbar', { name: 'Changes' });
    for (const text of ['one', 'two']) {
      await cell(grid, 1, 1).dblclick();
      await developer.keyboard.type(text);
      await developer.keyboard.press('Enter');
    }
    await expect(bar.getByRole('status')).toHaveText('1 change not made yet');
    await developer.keyboard.press('Control+Z');
    await expect(cell(grid, 1, 1)).toContainText('one');
    await developer.keyboard.press('Control+Z');
    await expect(cell(grid, 1, 1)).toHaveText('note 1');
    await expect(bar.getByRole('status')).toHaveCount(0);
    await cell(grid, 1, 1).dblclick();
    await developer.keyboard.type('never kept');
    await developer.keyboard.press('Escape');
    await expect(cell(grid, 1, 1)).toHaveText('note 1');
    await cell(grid, 2, 1).dblclick();
    await developer.keyboard.type('kept by Tab');
    await developer.keyboard.press('Tab');
    await expect(cell(grid, 2, 1)).toContainText('kept by Tab');
    await expect(cell(grid, 2, 2)).toHaveAttribute('aria-selected', 'true');
    await developer.keyboard.press('F2');
    await developer.keyboard.press('Shift+Tab');
    await expect(cell(grid, 2, 1)).toHaveAttribute('aria-selected', 'true');
    await developer.keyboard.press('F2');
    await developer.keyboard.press('Alt+Digit0');
    await expect(cell(grid, 2, 1)).toContainText('NULL');
  });
});

test('who may only read is offered no change', async ({ reviewer }) => {
  await reviewer.goto(`${place}/users`);
  await expect(reviewer.getByRole('grid', { name: 'Rows of public.users' })).toBeVisible();
  await expect(reviewer.getByRole('toolbar', { name: 'Changes' })).toHaveCount(0);
});

test('rows go on at both edges, and what is selected stays selected', async ({ developer, marker }) => {
  const name = `scroll_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await onBlog((client) =>
    client.query(`create table ${name} (id int primary key, body text);
      insert into ${name} select i, 'row ' || i from generate_series(1, 500) i; analyze ${name};
      grant select on ${name} to howdah_read`),
  );
  try {
    await developer.goto(`${place}/${name}?at=0.5`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    const has = (row: number) =>
      expect(grid.getByRole('gridcell', { name: `row ${row}`, exact: true })).toBeVisible();
    // Rows come while the keys are pressed, as fast as the server answers.
    const goTo = (key: string, row: number) =>
      expect(async () => {
        for (let presses = 0; presses < 5; presses += 1) await developer.keyboard.press(key);
        const wanted = grid.getByRole('gridcell', { name: `row ${row}`, exact: true });
        expect(await wanted.count()).toBe(1);
      }).toPass({ intervals: [10] });
    await has(251);
    await grid.getByRole('gridcell', { name: 'row 251', exact: true }).click();
    await developer.keyboard.press('Control+End');
    const last = grid.getByRole('gridcell', { name: 'row 500', exact: true });
    await expect(last).toHaveAttribute('aria-selected', 'true');
    await developer.keyboard.press('Control+Home');
    await has(1);
    await developer.goto(`${place}/${name}?at=0.5`);
    await has(251);
    await grid.getByRole('gridcell', { name: 'row 251', exact: true }).click();
    await developer.keyboard.press('ArrowUp');
    await expect(grid).toHaveAttribute('aria-rowcount', '201');
    await has(251);
    await expect(grid.getByRole('gridcell', { name: 'row 251', exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await developer.keyboard.press('ArrowUp');
    await has(250);
    await goTo('PageDown', 500);
    await expect(grid).toHaveAttribute('aria-rowcount', '351');
    await goTo('PageUp', 1);
    await expect(grid).toHaveAttribute('aria-rowcount', '501');
  } finally {
    await onBlog((client) => client.query(`drop table ${name}`));
  }
});

test('a table that is altered while it is open says so, and shows what it has become', async ({
  developer,
  marker,
}) => {
  const name = `altered_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await onBlog((client) =>
    client.query(`create table ${name} (id int primary key, body text, mood text);
      insert into ${name} select i, 'row ' || i, 'calm' from generate_series(1, 150) i; analyze ${name};
      grant select on ${name} to howdah_read`),
  );
  try {
    await developer.goto(`${place}/${name}`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    await grid.getByRole('gridcell', { name: 'row 1', exact: true }).click();
    await onBlog((client) => client.query(`alter table ${name} drop column body`));
    for (let presses = 0; presses < 8; presses += 1) await developer.keyboard.press('PageDown');
    const notice = developer.getByRole('alert').filter({ hasText: 'No more rows came' });
    await expect(notice).toContainText('The columns have changed since these rows were read.');
    await expect(grid).toHaveAttribute('aria-rowcount', '101');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await expect(grid.getByRole('columnheader', { name: 'mood' })).toBeVisible();
    await expect(grid.getByRole('columnheader', { name: 'body' })).toHaveCount(0);
    await expect(notice).toHaveCount(0);
  } finally {
    await onBlog((client) => client.query(`drop table ${name}`));
  }
});
