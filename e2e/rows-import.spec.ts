import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { findRuns } from './api';
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

test('a large import that is cancelled midway takes nothing, and is recorded so', async ({
  developer,
  blogDatabase,
  marker,
}) => {
  const name = `cancelled_${marker.replace(/\W/g, '_')}`.toLowerCase();
  const folder = await mkdtemp(path.join(tmpdir(), 'howdah-import-'));
  const file = path.join(folder, 'rows.csv');
  await writeFile(
    file,
    `id,body\n${Array.from({ length: 400_000 }, (_, row) => `${row},${'x'.repeat(80)}\n`).join('')}`,
  );
  await blogDatabase.query(`create table ${name} (id int primary key, body text);
    insert into ${name} values (-1, 'before');
    grant select on ${name} to howdah_read; grant select, insert, update, delete on ${name} to howdah_write`);
  try {
    await developer.goto(`/s/demo/blog/r/public/${name}`);
    await developer.getByRole('button', { name: 'Import CSV' }).click();
    const dialog = developer.getByRole('dialog');
    await dialog.getByLabel('File', { exact: true }).setInputFiles(file);
    await blogDatabase.query(`begin; lock table ${name} in share mode`);
    await dialog.getByRole('button', { name: 'Import into blog on demo' }).click();
    await expect(dialog.getByRole('progressbar', { name: 'Sent' })).toBeVisible();
    const waiting = () =>
      onBlog((client) =>
        client.query(
          `select from pg_stat_activity where query ~ 'copy public.${name}' and wait_event_type = 'Lock'`,
        ),
      );
    await expect.poll(async () => (await waiting()).rowCount).toBe(1);
    await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
    await expect(dialog).toContainText('Nothing was brought in');
    await expect(dialog).toContainText('You cancelled it.');
    await expect.poll(async () => (await waiting()).rowCount).toBe(0);
    await blogDatabase.query('rollback');
    await expect
      .poll(async () =>
        (await findRuns(developer.request, `copy public.${name}`)).map(({ status }) => status),
      )
      .toEqual(['cancelled']);
    expect((await blogDatabase.query(`select body from ${name}`)).rows).toEqual([{ body: 'before' }]);
  } finally {
    await blogDatabase.query('rollback');
    await blogDatabase.query(`drop table ${name}`);
    await rm(folder, { recursive: true });
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
