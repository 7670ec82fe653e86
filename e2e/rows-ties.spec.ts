import { expect, test } from './fixtures';

test('a row shows what it points at and who points at it, counted, and leads there', async ({
  reviewer,
  blogDatabase,
}) => {
  const { rows } = await blogDatabase.query<{ id: string; posts: string; name: string }>(
    `select u.id::text, count(p.*)::text as posts, u.username as name from users u join posts p on p.user_id = u.id
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

test('the numbers of a selection are added up exactly', async ({ reviewer, blogDatabase }) => {
  const { rows } = await blogDatabase.query<{ sum: string }>(
    'select sum(id)::text as sum from (select id from posts order by id limit 4) p',
  );
  await reviewer.goto('/s/demo/blog/r/public/posts?sort=id');
  const grid = reviewer.getByRole('grid', { name: 'Rows of public.posts' });
  await grid.getByRole('gridcell').first().click();
  for (let presses = 0; presses < 3; presses += 1) await reviewer.keyboard.press('Shift+ArrowDown');
  await expect(reviewer.getByRole('status', { name: 'Selection' })).toContainText(
    `4 numbers · sum ${rows[0]?.sum}`,
  );
});
