import type { Page } from '@playwright/test';
import pg from 'pg';
import { findRuns, sameOrigin } from './api';
import { backUp } from './backups';
import { cellsOf, deskOf } from './desk';
import { expect, settings, test } from './fixtures';
import { makeUser } from './newcomers';
import { awake } from './shell';
import { expectCleanRecord, watch } from './witness';

const image = '<img src=x onerror="alert(1)">';
const script = '<script>alert(2)</script>';

/** Counts what a script of a stranger would open. */
function countDialogs(page: Page): () => number {
  let count = 0;
  page.on('dialog', async (dialog) => {
    count += 1;
    await dialog.dismiss();
  });
  return () => count;
}

test('hostile text is shown as text wherever it stands', async ({ developer, marker }) => {
  const witness = await watch(developer.context());
  const dialogs = countDialogs(developer);
  const desk = deskOf(developer);
  await desk.open();

  await test.step('in a cell and as the name of a column', async () => {
    await desk.run(`select '${image}' as "${script.slice(0, 60)}", '${marker}' as "<b>bold</b>"`);
    await expect(desk.grid().getByRole('columnheader').nth(1)).toContainText(script);
    await expect(desk.grid().getByRole('columnheader').nth(2)).toContainText('<b>bold</b>');
    await expect(cellsOf(desk.grid(), 0)).toHaveText([image, marker]);
    await desk.grid().focus();
    await developer.keyboard.press('Enter');
    await expect(developer.getByRole('complementary', { name: script })).toContainText(image);
    await developer.keyboard.press('Escape');
  });

  await test.step('in an error, also where the editor shows it', async () => {
    await desk.run(`select '${image}${marker}'::int`);
    const error = developer.getByRole('region', { name: 'Statement 1 failed' });
    await expect(error).toContainText(`invalid input syntax for type integer: "${image}${marker}"`);
    await developer.keyboard.press('F8');
    await expect(developer.getByRole('alert', { name: 'invalid input syntax' })).toContainText(image);
  });

  await test.step('S33: in what PostgreSQL adds to an error, and in a plan', async () => {
    await desk.toolbar.getByLabel('Level').selectOption('Write');
    await desk.run(
      `do $$ begin raise exception 'odd' using detail = '${image} detail', hint = '${image} hint'; end $$`,
    );
    const error = developer.getByRole('region', { name: 'Statement 1 failed' });
    await expect(error).toContainText(`${image} detail`);
    await expect(error).toContainText(`${image} hint`);
    await desk.run(`explain (verbose, costs off) select '${image}' as x`);
    await expect(desk.grid()).toContainText(`Output: '${image}'::text`);
  });

  await test.step('in a notice', async () => {
    await desk.toolbar.getByLabel('Level').selectOption('Write');
    await desk.run(`do $$ begin raise warning '%', '${image}${marker}'; end $$`);
    await expect(developer.getByRole('list', { name: 'Notices' })).toContainText(`${image}${marker}`);
  });

  await test.step('in the history, in a run and in a filter', async () => {
    await developer.goto(
      `/history?q=${encodeURIComponent(`${image}${marker}`)}&user=${encodeURIComponent(script)}`,
    );
    await expect(developer.getByText('No run matches these filters')).toBeVisible();
    await expect(developer.getByLabel('User', { exact: true })).toHaveValue(script);
    await developer.goto(`/history?q=${marker}`);
    await expect(developer.getByRole('main').getByRole('link').filter({ hasText: image })).toHaveCount(3);
    for (const { id } of await findRuns(developer.request, marker)) {
      await developer.goto(`/history/${id}`);
      await expect(developer.getByRole('region', { name: 'SQL' })).toContainText(image);
    }
  });

  await test.step('S33: and what gets into a page all the same is refused by its policy', async () => {
    const before = witness.troubles.length;
    await developer.evaluate(() => {
      const picture = document.createElement('img');
      picture.setAttribute('onerror', 'alert(5)');
      picture.setAttribute('src', 'data:,');
      const link = document.createElement('a');
      link.setAttribute('href', 'javascript:alert(6)');
      document.body.append(picture, link);
      link.click();
    });
    await expect
      .poll(() => witness.troubles.filter((text) => text.startsWith('script-src')).sort())
      .toEqual(['script-src-attr refused inline', 'script-src-elem refused inline']);
    witness.troubles.splice(before);
  });

  await test.step('in an address', async () => {
    await developer.goto(`/s/${encodeURIComponent(script)}/blog/query`);
    await expect(developer.getByText(`There is no server "${script}" for you.`)).toBeVisible();
  });

  expect(dialogs()).toBe(0);
  expectCleanRecord({
    ...witness,
    troubles: witness.troubles.filter((text) => !text.includes('status of 404')),
  });
});

const names = { tag: '<img src=x onerror=alert(3)>', quote: '"><script>alert(4)</script>' } as const;
const id = (name: string) => `"${name.replaceAll('"', '""')}"`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** Objects of every kind whose names, comments, labels and texts are hostile, in a schema of their own. */
function plantSql(schema: string): string {
  const [tag, quote] = [id(names.tag), id(names.quote)];
  const inside = (name: string) => `${id(schema)}.${name}`;
  return `
    create schema ${id(schema)};
    create type ${inside(tag)} as enum (${text(names.tag)}, ${text(names.quote)});
    create domain ${inside(quote)} as text constraint ${tag} check (value <> ${text(names.quote)});
    create table ${inside('hostile')} (${tag} text default ${text(names.tag)}, ${quote} ${inside(tag)},
      id int constraint ${quote} primary key, constraint ${tag} check (${tag} <> ${text(names.quote)}));
    comment on table ${inside('hostile')} is ${text(names.tag)};
    comment on column ${inside('hostile')}.${tag} is ${text(names.quote)};
    create index ${id(`${names.tag} i`)} on ${inside('hostile')} (${quote});
    create view ${inside(id(`${names.tag} v`))} as select * from ${inside('hostile')};
    create materialized view ${inside(id(`${names.tag} m`))} as select * from ${inside('hostile')};
    create sequence ${inside(id(`${names.quote} s`))};
    create function ${inside(id(`${names.tag} f`))}(${quote} text) returns int language sql as 'select 1';
    create function ${inside(id(`${names.quote} f`))}() returns trigger language plpgsql as
      'begin return new; end';
    create trigger ${tag} before insert on ${inside('hostile')} for each row execute function ${inside(id(`${names.quote} f`))}();
    create policy ${quote} on ${inside('hostile')} using (${tag} <> ${text(names.tag)});
    insert into ${inside('hostile')} values (${text(names.tag)}, ${text(names.quote)}, 1);
    grant usage on schema ${id(schema)} to howdah_read;
    grant select on all tables in schema ${id(schema)} to howdah_read`;
}

test('S33: hostile names of every object, user and server are text on every page', async ({
  admin,
  blogDatabase,
  marker,
}) => {
  test.setTimeout(120_000);
  const witness = await watch(admin.context());
  const dialogs = countDialogs(admin);
  const schema = `<b>${marker}</b>`;
  const store = new pg.Client({ connectionString: settings.storeUrl });
  await store.connect();
  await blogDatabase.query(plantSql(schema));
  await store.query('update servers set name = $1', [names.tag]);
  const stranger = `${names.quote} ${marker}`;
  await makeUser(admin.request, { username: stranger, role: 'reviewer' });
  await admin.request.get(`/api/v1/servers/${encodeURIComponent(names.tag)}/wall`, {
    headers: { 'user-agent': names.quote },
  });
  await admin.request.post('/api/v1/role-script', {
    data: { databases: [{ database: names.tag, schemas: [names.quote], masks: [] }] },
    headers: { ...sameOrigin, 'user-agent': `${names.quote} ${marker}` },
  });
  try {
    const place = `/s/demo/blog/r/${encodeURIComponent(schema)}/hostile`;
    const shown = [
      ['/', names.tag],
      [`/s/demo/blog?q=hostile&schema=${encodeURIComponent(schema)}`, schema],
      [place, names.tag],
      [`${place}/structure`, names.quote],
      ['/s/demo/blog/objects/views', `${names.tag} v`],
      ['/s/demo/blog/objects/materialized-views', `${names.tag} m`],
      ['/s/demo/blog/objects/functions', `${names.quote} f`],
      ['/s/demo/blog/objects/sequences', `${names.quote} s`],
      ['/s/demo/blog/objects/types', names.tag],
      [`/s/demo/blog/objects/views?q=${encodeURIComponent(names.tag)}`, names.tag],
      [`/s/demo/blog/r/${encodeURIComponent(schema)}/${encodeURIComponent(names.tag)}`, names.tag],
      ['/settings/users', stranger],
    ] as const;
    for (const [path, wanted] of shown) {
      await admin.goto(path);
      await expect(admin.getByRole('main').getByText(wanted).first(), path).toBeVisible();
    }
    // Its log names the definitions.
    const job = await backUp(admin.request, 'blog');
    await admin.goto(`/jobs/${job}`);
    await expect(admin.getByRole('main').getByText(schema).first()).toBeVisible();
    await admin.goto(`/settings/audit?q=${marker}`);
    await awake(admin);
    await admin.getByRole('table').getByRole('button').first().click();
    await expect(admin.getByRole('table')).toContainText(names.tag);
    await expect(admin.getByRole('table')).toContainText(names.quote);
  } finally {
    await store.query("update servers set name = 'Demo' where slug = 'demo'");
    await store.end();
    await blogDatabase.query(`drop schema ${id(schema)} cascade`);
  }
  expect(dialogs()).toBe(0);
  const expected = /status of 404/;
  expectCleanRecord({ ...witness, troubles: witness.troubles.filter((trouble) => !expected.test(trouble)) });
});
