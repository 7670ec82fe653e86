import { findRuns, postQuery } from './api';
import { cellsOf, deskOf, tabTo } from './desk';
import { expect, test } from './fixtures';
import { awake, paletteOf } from './shell';

test('empty text runs nothing and says what to do', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.toolbar.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(desk.toolbar).toContainText('There is no statement at the cursor.');
  await desk.toolbar.getByRole('button', { name: 'Run all' }).click();
  await expect(desk.toolbar).toContainText('There is no statement to run.');
  await desk.run('-- a comment only');
  await expect(desk.toolbar).toContainText('There is no statement at the cursor.');
  await expect(developer.getByText('Results appear here')).toBeVisible();
  const answer = await postQuery(developer.request, { sql: ' \n ' });
  expect(answer.status()).toBe(400);
  expect(await answer.text()).toContain('There is no statement in the text.');
});

const refused = [
  [
    'a meta-command of psql',
    '\\dt',
    '\\dt is a command of psql, not SQL.',
    'Instead: select * from pg_tables',
  ],
  ['COPY FROM STDIN', 'copy users from stdin', 'needs a stream of rows', 'write the rows as INSERT'],
  ['BEGIN at the read level', 'begin', 'a read-only transaction of its own', 'choose the write level'],
] as const;

for (const [name, sql, cause, fix] of refused) {
  test(`${name} is refused with what to do instead`, async ({ developer }) => {
    const desk = deskOf(developer);
    await desk.open();
    await desk.run(sql);
    const refusal = developer.getByRole('alert').filter({ hasText: 'Nothing was run' });
    await expect(refusal).toContainText(cause);
    await expect(refusal).toContainText(fix);
  });
}

test('1,600 columns: the last one is one key away', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  const columns = Array.from({ length: 1_600 }, (_, index) => `${index + 1} as c${index + 1}`);
  await desk.run(`select ${columns.join(',')}`);
  const grid = desk.grid();
  await expect(grid).toHaveAttribute('aria-colcount', '1601');
  await grid.focus();
  await developer.keyboard.press('End');
  await expect(grid.getByRole('gridcell', { name: '1600', exact: true, selected: true })).toBeInViewport();
  await expect(grid.getByRole('columnheader', { name: 'c1600' })).toBeInViewport();
});

test('rows without columns are counted', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run('select from generate_series(1, 3)');
  await expect(desk.tabs).toHaveText(['1SELECT · 3 rows']);
  await expect(developer.getByText('3 rows without columns.')).toBeVisible();
});

test('columns of one name stay apart', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(`select 1 as a, 'two' as a, null as a`);
  await expect(desk.grid().getByRole('columnheader')).toHaveText(['Row number', 'aint4', 'atext', 'atext']);
  await expect(cellsOf(desk.grid(), 0)).toHaveText(['1', 'two', 'NULL']);
});

test('a hundred thousand rows, and the last by Ctrl-End', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(`select n, 'row ' || n as name from generate_series(1, 100000) as n`);
  await expect(desk.tabs).toHaveText(['1SELECT · 1,000 rows']);
  await expect(developer.getByText('First 1,000 rows; raise the limit to see more.')).toBeVisible();
  await desk.toolbar.getByLabel('Row limit').selectOption('100,000 rows');
  await desk.editor.focus();
  await developer.keyboard.press('Control+Enter');
  await expect(desk.tabs).toHaveText(['1SELECT · 100,000 rows'], { timeout: 30_000 });
  const grid = desk.grid();
  await expect(grid).toHaveAttribute('aria-rowcount', '100001');
  await grid.focus();
  await developer.keyboard.press('Control+End');
  const last = grid.getByRole('row').filter({ has: developer.getByRole('rowheader', { name: '100,000' }) });
  await expect(last.getByRole('gridcell')).toHaveText(['100000', 'row 100000']);
  await expect(last.getByRole('gridcell', { selected: true })).toBeInViewport();
  await developer.keyboard.press('Control+Home');
  await expect(grid.getByRole('gridcell', { selected: true })).toHaveText('1');
});

test('the editor has the focus when the page opens, but takes it from nobody', async ({ developer }) => {
  const desk = deskOf(developer);
  await desk.open();
  await expect(desk.editor).toBeFocused();
  await developer.goto('/');
  await awake(developer);
  const palette = paletteOf(developer);
  await developer.keyboard.press('Control+K');
  await developer.keyboard.type('sqlblog');
  await developer.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(desk.editor).toBeFocused();
});

test('a draft survives a reload and is not run again', async ({ developer, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  const draft = `select '${marker}'`;
  await desk.run(draft);
  await expect(desk.tabs).toHaveText(['1SELECT · 1 row']);
  await developer.reload();
  await desk.expectText(draft);
  await expect(developer.getByText('Results appear here')).toBeVisible();
  expect(await findRuns(developer.request, marker)).toHaveLength(1);
  await desk.open('/s/demo/postgres/query');
  await desk.expectText('');
});

test('a run that is opened in the editor sets the draft aside', async ({ developer, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(`select 'of the history ${marker}'`);
  await expect(desk.tabs).toHaveText(['1SELECT · 1 row']);
  await desk.put('select 1 -- my draft');
  const [run] = await findRuns(developer.request, marker);
  await desk.open(`/s/demo/blog/query?history=${run?.id}`);
  await desk.expectText(`select 'of the history ${marker}'`);
  await developer.getByRole('button', { name: 'Restore the draft' }).click();
  await desk.expectText('select 1 -- my draft');
  expect(await findRuns(developer.request, marker)).toHaveLength(1);
});

test('a syntax error at the read level is marked where it stands, and recorded', async ({
  developer,
  marker,
}) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.runAll(`select 1; select '${marker}' form users; select 3`);
  await expect(developer.getByRole('region', { name: 'Statement 2 failed' })).toContainText(
    'syntax error at or near "users"',
  );
  await developer.keyboard.press('F8');
  await expect(developer.getByRole('alert', { name: 'syntax error' })).toBeVisible();
  const runs = await findRuns(developer.request, marker);
  expect(runs).toMatchObject([{ status: 'failed', sqlstate: '42601' }]);
});

test('who may write chooses the level; who may read has no choice', async ({
  developer,
  reviewer,
  marker,
}) => {
  const desk = deskOf(developer);
  await desk.open();
  await expect(desk.toolbar.getByLabel('Level').getByRole('option')).toHaveText(['Read', 'Write']);
  await desk.run(`update users set email = email where email = '${marker}'`);
  const advice = developer.getByRole('alert').filter({ hasText: 'Nothing was run' });
  await expect(advice).toContainText('UPDATE changes data, and this run is at the read level.');
  await expect(advice).toContainText('Choose the write level');
  expect(await findRuns(developer.request, `where email = '${marker}'`)).toEqual([]);

  const readersDesk = deskOf(reviewer);
  await readersDesk.open();
  await expect(readersDesk.toolbar.getByLabel('Row limit')).toBeVisible();
  await expect(readersDesk.toolbar.getByLabel('Level')).toHaveCount(0);
  const refusal = await postQuery(reviewer.request, {
    sql: `delete from posts where title = '${marker}'`,
    level: 'write',
  });
  expect(refusal.status()).toBe(403);
  expect(await findRuns(reviewer.request, `delete from posts where title = '${marker}'`)).toEqual([]);
});

test('what is written at the write level stands, and is recorded', async ({
  developer,
  marker,
  blogDatabase,
}) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.toolbar.getByLabel('Level').selectOption('Write');
  const insert = `insert into users (email, password_hash) values ('${marker}', 'none')`;
  try {
    await desk.run(insert);
    await expect(desk.tabs).toHaveText(['1INSERT · 1 row']);
    const found = await blogDatabase.query('select from users where email = $1', [marker]);
    expect(found.rowCount).toBe(1);
  } finally {
    await blogDatabase.query('delete from users where email = $1', [marker]);
  }
  const runs = await findRuns(developer.request, marker);
  expect(runs).toEqual([
    expect.objectContaining({ user: 'developer', level: 'write', status: 'succeeded', rows: 1, sql: insert }),
  ]);
});

test('all of it without a mouse', async ({ developer, marker }) => {
  const desk = deskOf(developer);
  await developer.goto('/');
  await tabTo(developer, developer.getByRole('link', { name: 'blog' }));
  await developer.keyboard.press('Enter');
  await expect(developer).toHaveURL('/s/demo/blog');
  const rooms = developer.getByRole('navigation', { name: 'Rooms' });
  await tabTo(developer, rooms.getByRole('link', { name: 'SQL' }));
  await developer.keyboard.press('Enter');
  await expect(desk.editor).toBeFocused();
  await developer.keyboard.type(`select '${marker}' as a, 2 as b union all select 'last', 4;`);
  await developer.keyboard.press('Control+Enter');
  await expect(desk.tabs).toHaveText(['1SELECT · 2 rows']);
  await developer.keyboard.press('Control+M');
  await tabTo(developer, desk.grid());
  await developer.keyboard.press('Control+ArrowDown');
  await developer.keyboard.press('Enter');
  const panel = developer.getByRole('complementary', { name: 'a', exact: true });
  await expect(panel).toContainText('text · row 2 · 4 characters');
  await tabTo(developer, panel.getByRole('button', { name: 'Close panel' }));
  await developer.keyboard.press('Enter');
  await expect(panel).toBeHidden();
  await expect(desk.grid()).toBeFocused();
  await developer.keyboard.press('ArrowRight');
  await expect(desk.grid().getByRole('gridcell', { selected: true })).toHaveText('4');
});
