import pg from 'pg';
import { sameOrigin } from './api';
import { deskOf } from './desk';
import { expect, onDatabase, test } from './fixtures';

/** A database of its own, with a masked column. */
async function makeMasked(server: pg.Client, name: string): Promise<void> {
  await server.query(`create database ${pg.escapeIdentifier(name)}`);
  await onDatabase(name, (client) =>
    client.query(`create table people (id int primary key, name text, secret text);
      insert into people values (1, 'Ada', 'CANARY-1'), (2, 'Bob', 'CANARY-2')`),
  );
}

test('a masked column is shown as locked, and its statement offers the others', async ({
  admin,
  reviewer,
  server,
  marker,
}) => {
  await makeMasked(server, marker);
  const wall = `/api/v1/servers/demo/databases/${marker}/wall`;
  const masks = [{ schema: 'public', relation: 'people', column: 'secret' }];
  try {
    const chosen = await admin.request.put(wall, {
      data: { schemas: ['public'], masks },
      headers: sameOrigin,
    });
    expect(chosen.ok()).toBe(true);

    await reviewer.goto(`/s/demo/${marker}/r/public/people`);
    const main = reviewer.getByRole('main');
    const grid = main.getByRole('grid', { name: 'Rows of public.people' });
    await expect(grid.getByRole('columnheader', { name: 'secret is closed' })).toBeVisible();
    await expect(grid.getByRole('gridcell', { name: 'Ada' })).toBeVisible();
    await expect(main.getByText('One column is closed to the read level: secret.')).toContainText(
      'Masked by an admin',
    );
    await expect(main).not.toContainText('CANARY');

    const desk = deskOf(reviewer);
    await desk.open(`/s/demo/${marker}/query`);
    await desk.run('select * from people where id = 2');
    await expect(
      main.getByText('The column secret of public.people is masked', { exact: false }),
    ).toBeVisible();
    await main.getByRole('button', { name: 'Put this in its place' }).focus();
    await reviewer.keyboard.press('Enter');
    await reviewer.keyboard.press('Control+Enter');
    await desk.expectText('select id, name from people where id = 2');
    await expect(desk.grid().getByRole('gridcell', { name: 'Bob' })).toBeVisible();
    await expect(main).not.toContainText('CANARY');
  } finally {
    await admin.request.put(wall, { data: { schemas: [] }, headers: sameOrigin });
    await server.query(`drop database ${pg.escapeIdentifier(marker)} with (force)`);
  }
});
