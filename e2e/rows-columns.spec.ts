import pg from 'pg';
import { seriousFindings } from './axe';
import { expect, settings, test } from './fixtures';

const place = '/s/demo/blog/r/public';

test('columns are ordered, hidden and pinned by keys, and stay so for who did it', async ({
  developer,
  reviewer,
  marker,
}) => {
  const name = `columns_${marker.replace(/\W/g, '_')}`.toLowerCase();
  const client = new pg.Client({ connectionString: new URL('/blog', settings.serverUrl).href });
  await client.connect();
  try {
    await client.query(`create table ${name} (id int primary key, a text, b text, c numeric);
      insert into ${name} select i, 'a' || i, 'b' || i, i + 9007199254740990.5 from generate_series(1, 3) i;
      grant select on ${name} to howdah_read, howdah_write`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    const row = async (page = grid) =>
      (await page.getByRole('row').nth(1).getByRole('gridcell').allInnerTexts()).map((text) => text.trim());
    await developer.goto(`${place}/${name}`);
    await expect.poll(() => row()).toEqual(['1', 'a1', 'b1', '9007199254740991.5']);

    await grid.getByRole('gridcell', { name: 'b1', exact: true }).click();
    await developer.keyboard.press('[');
    await expect.poll(() => row()).toEqual(['1', 'b1', 'a1', '9007199254740991.5']);
    await developer.keyboard.press('p');
    await expect.poll(() => row()).toEqual(['b1', '1', 'a1', '9007199254740991.5']);
    const menu = developer.getByRole('dialog', { name: 'Columns' });
    await developer.getByRole('button', { name: /^Columns/ }).press('Enter');
    await menu.getByRole('checkbox', { name: 'a', exact: true }).press('Space');
    const kept = developer.waitForResponse((answer) => answer.request().method() === 'PUT');
    await menu.getByRole('checkbox', { name: 'id' }).press('Alt+ArrowDown');
    await expect.poll(() => row()).toEqual(['b1', '9007199254740991.5', '1']);
    expect(await seriousFindings(developer)).toEqual([]);
    expect((await kept).status()).toBe(204);
    await developer.keyboard.press('Escape');
    await expect(developer.getByRole('button', { name: /^Columns/ })).toContainText('1 hidden');

    await client.query(
      `alter table ${name} drop column b; alter table ${name} add column d text default 'd'`,
    );
    await developer.reload();
    await expect.poll(() => row()).toEqual(['9007199254740991.5', '1', 'd']);
    await grid.getByRole('gridcell', { name: '9007199254740991.5' }).click();
    await developer.keyboard.press('Control+Shift+End');
    await expect(developer.getByRole('status', { name: 'Selection' })).toContainText(
      'sum 27021597764222983.5',
    );
    const copied = await developer.evaluate(() => {
      const data = new DataTransfer();
      const event = new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
      return data.getData('text/plain');
    });
    expect(copied.split('\n')[0]).toBe('9007199254740991.5\t1\td');

    await reviewer.goto(`${place}/${name}`);
    const other = reviewer.getByRole('grid', { name: `Rows of public.${name}` });
    await expect.poll(() => row(other)).toEqual(['1', 'a1', '9007199254740991.5', 'd']);
  } finally {
    await client.query(`drop table ${name}`);
    await client.end();
  }
});
