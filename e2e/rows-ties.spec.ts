import { expect, test } from './fixtures';

test('a row shows what it points at and who points at it, counted, and leads there', async ({
  reviewer,
  blogDatabase,
}) => {
  const { rows } = await blogDatabase.query<{ id: string; posts: string; name: string }>(
    `select u.id::text, count(p.*)::text as posts, u.email as name from users u join posts p on p.user_id = u.id
      group by u.id order by u.id limit 1`,
  );
  const [user] = rows;
  await reviewer.goto(`/s/demo/blog/r/public/posts?filter=user_id.eq.${user?.id}&limit=50`);
  const grid = reviewer.getByRole('grid', { name: 'Rows of public.posts' });
  await grid.getByRole('gridcell').first().click();
  await reviewer.keyboard.press('r');
  const panel = reviewer.getByRole('complementary', { name: 'Ties of the row' });
  await expect(panel.getByText(user?.name ?? '', { exact: true }).first()).toBeVisible();
  await panel.getByRole('link', { name: 'public.users' }).click();
  await reviewer.getByRole('grid', { name: 'Rows of public.users' }).getByRole('gridcell').first().click();
  await reviewer.getByRole('button', { name: 'Ties of the row' }).click();
  const posts = panel.getByRole('link', { name: 'public.posts' }).locator('xpath=../..');
  await expect(posts).toContainText(`${Number(user?.posts).toLocaleString('en')} row`);
});

test('the numbers of a selection are added up exactly', async ({ reviewer, blogDatabase, marker }) => {
  const name = `sums_${marker.replace(/\W/g, '_')}`;
  await blogDatabase.query(`create table ${name} (id int primary key, n numeric);
    insert into ${name} values (1, 0.1), (2, 0.2), (3, 9007199254740993), (4, null);
    grant select on ${name} to howdah_read`);
  try {
    await reviewer.goto(`/s/demo/blog/r/public/${name}`);
    const grid = reviewer.getByRole('grid', { name: `Rows of public.${name}` });
    await grid.getByRole('gridcell', { name: '0.1', exact: true }).click();
    for (let presses = 0; presses < 3; presses += 1) await reviewer.keyboard.press('Shift+ArrowDown');
    await expect(reviewer.getByRole('status', { name: 'Selection' })).toHaveText(
      '3 numbers · sum 9007199254740993.3 · average 3002399751580331.1',
    );
  } finally {
    await blogDatabase.query(`drop table ${name}`);
  }
});
