import type pg from 'pg';
import { expect, onDatabase, settings, test } from './fixtures';

const onBlog = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => onDatabase('blog', work);

test('a CSV file is previewed, mapped, refused with its bad rows named, and brought in', async ({
  developer,
  marker,
}) => {
  const name = `import_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await onBlog((client) =>
    client.query(`create table ${name} (id int primary key, body text, "__proto__" text);
      grant select on ${name} to howdah_read; grant select, insert, update, delete on ${name} to howdah_write`),
  );
  try {
    await developer.goto(`/s/demo/blog/r/public/${name}`);
    await developer.getByRole('button', { name: 'Import CSV' }).click();
    const dialog = developer.getByRole('dialog');
    const give = (text: string) =>
      dialog
        .getByLabel('File', { exact: true })
        .setInputFiles({ name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const send = dialog.getByRole('button', { name: 'Import into blog on demo' });

    await give('Body;ID\n"one;\u00e9";1\n;2\ntwo;x\n');
    const preview = dialog.getByRole('region', { name: 'Preview of the file' });
    await expect(preview.getByLabel('Column for Body')).toHaveValue('1');
    await expect(preview.getByLabel('Column for ID')).toHaveValue('0');
    await expect(preview.getByRole('cell', { name: 'one;\u00e9' })).toBeVisible();
    await send.click();
    await expect(dialog.getByRole('region', { name: 'Bad rows' })).toContainText(
      'Line 4id has x: invalid input syntax for type integer: "x"',
    );
    expect((await onBlog((client) => client.query(`select from ${name}`))).rowCount).toBe(0);

    await give('Body;ID\n"one;\u00e9";1\n;2\n"";3\n');
    await send.click();
    await expect(dialog.getByText('3 rows brought in.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    await expect(grid.getByRole('gridcell', { name: 'one;\u00e9' })).toBeVisible();
    const { rows } = await onBlog((client) => client.query(`select id, body from ${name} order by id`));
    expect(rows).toEqual([
      { id: 1, body: 'one;\u00e9' },
      { id: 2, body: null },
      { id: 3, body: '' },
    ]);
  } finally {
    await onBlog((client) => client.query(`drop table ${name}`));
  }
});

test('a file of 30 MB goes through whole', async ({ developer, marker }) => {
  const name = `large_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await onBlog((client) =>
    client.query(`create table ${name} (id int primary key, body text);
      grant select on ${name} to howdah_read; grant select, insert on ${name} to howdah_write`),
  );
  try {
    const count = 300_000;
    const lines = Array.from({ length: count }, (_, row) => `${row},${'x'.repeat(95)}\n`).join('');
    const answer = await developer.request.post(
      `/api/v1/servers/demo/databases/blog/relations/public/${name}/import?header=false&column=id&column=body`,
      { headers: { 'content-type': 'text/csv', origin: settings.baseUrl }, data: lines },
    );
    expect(await answer.json()).toMatchObject({ rows: count, bytes: lines.length });
    const { rows } = await onBlog((client) => client.query(`select count(*)::int as n from ${name}`));
    expect(rows).toEqual([{ n: count }]);
  } finally {
    await onBlog((client) => client.query(`drop table ${name}`));
  }
});

test('the scrollbar over all rows jumps to a place between the ends', async ({ developer }) => {
  await developer.goto('/s/demo/blog/r/public/posts');
  const place = developer.getByRole('slider', { name: 'Place in all rows' });
  await expect(place).toBeVisible();
  await place.fill('0.5');
  await expect(developer).toHaveURL(/at=0\.5000/);
  const answer = await developer.request.get(
    '/api/v1/servers/demo/databases/blog/relations/public/posts/rows?at=0.5&limit=1',
  );
  const first = ((await answer.json()) as { rows: string[][] }).rows[0]?.[0] ?? '';
  const grid = developer.getByRole('grid', { name: 'Rows of public.posts' });
  await expect(grid.getByRole('gridcell', { name: first, exact: true }).first()).toBeVisible();
  await place.press('Home');
  await expect(developer).toHaveURL(/at=0$/);
});
