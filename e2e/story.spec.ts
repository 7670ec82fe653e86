import { screenshotFile } from '../scripts/settings';
import { signIn } from './accounts';
import { cellsOf, deskOf } from './desk';
import { expect, settings, test } from './fixtures';
import { expectCleanRecord, watch } from './witness';

test('sign in, run SQL, read the result and find the run in the history', async ({
  page,
  context,
  marker,
}) => {
  const witness = await watch(context);
  const desk = deskOf(page);
  const main = page.getByRole('main');

  await test.step('sign in and open the SQL page of blog', async () => {
    await page.goto('/');
    await expect(page).toHaveURL('/sign-in');
    await signIn(page, 'developer', settings.password);
    await expect(page).toHaveURL('/');
    await expect(main.getByRole('heading', { name: 'Demo' })).toBeVisible();
    await expect(main.getByText('Healthy')).toBeVisible();
    await main.getByRole('link', { name: 'blog' }).click();
    await expect(page).toHaveURL('/s/demo/blog');
    await expect(main.getByRole('heading', { name: 'Tables of blog' })).toBeAttached();
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'SQL' }).click();
    await expect(page).toHaveURL('/s/demo/blog/query');
    await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('demo/blog/SQL');
    await expect(main.getByText('Results appear here')).toBeVisible();
  });

  await test.step('run the statement at the cursor', async () => {
    await desk.type(
      `select 'first ${marker}';\nselect title, status from posts\norder by id limit 7; -- ${marker}`,
    );
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Control+Enter');
    await expect(desk.tabs).toHaveText(['1SELECT · 7 rows']);
    await expect(desk.grid().getByRole('columnheader')).toHaveText([
      'Row number',
      'titlevarchar',
      'statuspost_status',
    ]);
    await expect(desk.grid().getByRole('row')).toHaveCount(8);
    await expect(cellsOf(desk.grid(), 6).last()).toHaveText(/^(draft|published|archived)$/);
    await expect(page.getByRole('status').filter({ hasText: 'SELECT · 7 rows.' })).toBeAttached();
  });

  await test.step('tell NULL, the empty string, the word and a cut cell apart', async () => {
    await desk.run(`select null as nothing, '' as empty, 'NULL' as word, repeat('long ', 20000) as cut`);
    const cells = cellsOf(desk.grid(), 0);
    await expect(cells).toHaveText(['NULL', 'empty string', 'NULL', /^long .*… 98 kB$/]);
    await desk.grid().focus();
    const facts = [
      'no value',
      '0 characters',
      '4 characters',
      'The value is 98 kB long; only its beginning was sent.',
    ];
    const names = ['nothing', 'empty', 'word', 'cut'];
    for (const [column, fact] of facts.entries()) {
      await page.keyboard.press('Enter');
      const panel = page.getByRole('complementary', { name: names[column] });
      await expect(panel).toContainText(fact);
      await page.keyboard.press('Escape');
      await expect(panel).toBeHidden();
      await expect(desk.grid()).toBeFocused();
      await page.keyboard.press('ArrowRight');
    }
  });

  await test.step('run a script: one result for each statement', async () => {
    await desk.runAll(
      `select 'one' as a;\nselect 'two' as a union all select 'zwei';\nselect count(*) as n from users;`,
    );
    await expect(desk.tabs).toHaveText(['1SELECT · 1 row', '2SELECT · 2 rows', '3SELECT · 1 row']);
    await expect(cellsOf(desk.grid(3), 0)).toHaveText(['20000']);
    await desk.tabs.nth(1).click();
    await expect(desk.grid(2).getByRole('gridcell')).toHaveText(['two', 'zwei']);
    await desk.tabs.nth(0).click();
    await expect(desk.grid(1).getByRole('gridcell')).toHaveText(['one']);
  });

  await test.step('see an error where PostgreSQL points, and mend it there', async () => {
    await desk.put(`select 1;\nselect '${marker}' from post limit 3;\nselect 3`);
    await page.keyboard.press('Control+Shift+Enter');
    await expect(desk.tabs).toHaveText(['1SELECT · 1 row', '2SELECT · failed', '3 skipped']);
    const error = page.getByRole('region', { name: 'Statement 2 failed' });
    await expect(error).toContainText('relation "post" does not exist');
    await expect(error).toContainText('SQLSTATE 42P01');
    await desk.editor.focus();
    await page.keyboard.press('F8');
    const underlined = page.getByRole('alert', { name: 'relation "post" does not exist at 2:' });
    await expect(underlined).toBeVisible();
    await page.keyboard.press('Escape');
    await error.getByRole('button', { name: 'Go to the error' }).click();
    await expect(desk.editor).toBeFocused();
    for (let letter = 0; letter < 'post'.length; letter += 1) await page.keyboard.press('Delete');
    await page.keyboard.type('posts');
    await expect(desk.editor).toHaveValue(`select 1;\nselect '${marker}' from posts limit 3;\nselect 3`);
    await page.keyboard.press('Control+Enter');
    await expect(desk.tabs).toHaveText(['1SELECT · 3 rows']);
  });

  await test.step('find the runs in the history', async () => {
    await page.getByRole('link', { name: 'History' }).click();
    await expect(main.getByRole('heading', { name: 'History' })).toBeVisible();
    await main.getByLabel('SQL contains').fill(marker);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/history?q=${marker}`);
    const runs = main.getByRole('row').filter({ has: page.getByRole('link') });
    await expect(runs).toHaveCount(2);
    await expect(runs.first()).toContainText(
      /Succeeded.*developer.*demo\/blog.*read.*from posts limit 3.*3.*Editor/,
    );
    await expect(runs.last()).toContainText(/Failed.*developer.*demo\/blog.*read.*from post limit 3/);
  });

  await test.step('open the page of one run', async () => {
    await main.getByRole('link', { name: 'from posts limit 3' }).click();
    await expect(main.getByRole('heading', { name: 'Run on demo/blog' })).toBeVisible();
    await expect(main.getByText(/^Succeeded after .* with 3 rows\.$/)).toBeVisible();
    await expect(main.getByRole('region', { name: 'SQL' })).toContainText(
      `select '${marker}' from posts limit 3`,
    );
    const facts = main.getByRole('region', { name: 'Facts' });
    await expect(facts).toContainText(
      /Userdeveloper.*demo\/blog.*Levelread.*KindEditor.*Rows3.*Statement1 of its script/,
    );
    await main.getByRole('link', { name: 'Open in editor' }).click();
    await desk.expectText(`select '${marker}' from posts limit 3`);
    await expect(main.getByText('Results appear here')).toBeVisible();
  });

  expectCleanRecord(witness);
});

test('the picture of the README', async ({ developer }, testInfo) => {
  const desk = deskOf(developer);
  await developer.emulateMedia({ colorScheme: 'dark' });
  await developer.setViewportSize({ width: 1280, height: 800 });
  await desk.open();
  await desk.put(columns);
  await developer.keyboard.press('Shift+Tab');
  await developer.keyboard.insertText(relations);
  await developer.keyboard.press('Control+Enter');
  await expect(desk.tabs).toHaveText(['1SELECT · 100 rows']);
  await cellsOf(desk.grid(), 2).nth(1).click();
  await expect(desk.grid().getByRole('gridcell', { selected: true })).toBeVisible();
  await developer.mouse.move(640, 10);
  await developer.screenshot({ path: screenshotFile() ?? testInfo.outputPath('readme.png') });
});

// The editor begins each line where the one before began, so the spaces stand only once.
const columns = `-- Who published most?
select u.email,
  count(*) as posts,
count(*) filter (where p.status = 'published') as published,
nullif(count(*) filter (where p.status = 'draft'), 0) as drafts,
max(p.created_at) as latest_post,
(array_agg(p.title order by p.created_at desc))[1] as latest_title
`;
const relations = `from users u
join posts p on p.user_id = u.id
group by u.email
order by published desc, u.email
limit 100;`;
