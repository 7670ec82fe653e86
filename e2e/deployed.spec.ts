import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { deskOf } from './desk';
import { expect, settings, test } from './fixtures';
import { type FreshHowdah, setUpAddress, startFreshHowdah } from './fresh-howdah';
import { awake } from './shell';

const mark = randomUUID().slice(0, 8);
const slug = `team-${mark}`;
const database = `e2e_team_${mark}`;

let howdah: FreshHowdah;

test.beforeAll(async ({ server }) => {
  howdah = await startFreshHowdah();
  await server.query(`create database ${database}`);
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  await client.query(
    "create table people (id int primary key, name text); insert into people values (1, 'Ada')",
  );
  await client.end();
});

test.afterAll(async ({ server }) => {
  await howdah.stop();
  await server.query(`drop database ${database} with (force)`);
  const { rows } = await server.query<{ role: string }>(
    'select quote_ident(rolname) as role from pg_roles where strpos(rolname, $1) > 0',
    [mark],
  );
  for (const { role } of rows) await dropRole(role);
});

function urlOf(name: string): string {
  return new URL(`/${name}`, settings.serverUrl).href;
}

/** The new Howdah has granted its roles something in every database of the server. */
async function dropRole(role: string): Promise<void> {
  const names = await onDatabase(
    settings.serverUrl,
    'select datname as name from pg_database where datallowconn',
  );
  for (const { name } of names) await onDatabase(urlOf(String(name)), `drop owned by ${role}`);
  await onDatabase(settings.serverUrl, `drop role ${role}`);
}

async function onDatabase(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

test('an installation without the demo: set-up, a server, an invitation, a query, and its record', async ({
  openPage,
}) => {
  test.setTimeout(120_000);
  const admin = await openPage();
  await admin.goto(await setUpAddress(howdah));
  await admin.getByLabel('User name').fill('first');
  await admin.getByLabel('Password').fill('a long one of mine');
  await admin.getByRole('button', { name: 'Make the first admin' }).click();
  await expect(admin).toHaveURL(`${howdah.url}/`);

  await admin.goto(`${howdah.url}/settings/add-server`);
  await awake(admin);
  await admin.getByLabel('Paste a URL, or what a configuration says').fill(`DATABASE_URL=${urlOf(database)}`);
  await admin.getByLabel('Name', { exact: true }).fill('Team');
  await admin.getByLabel('Slug').fill(slug);
  await admin.getByRole('button', { name: 'Add the server' }).click();
  await expect(admin.getByRole('heading', { name: 'Team', level: 1 })).toBeVisible();
  await expect(admin.getByRole('region', { name: 'Wall' }).getByText('Enforced by PostgreSQL')).toHaveCount(
    2,
  );

  await admin.goto(`${howdah.url}/settings/users`);
  await awake(admin);
  await admin.getByRole('button', { name: 'Invite a user' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('User name').fill('colleague');
  await dialog.getByLabel('Level on Team').selectOption('read');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const invitation = await dialog.getByLabel('One-time link for colleague').inputValue();

  const colleague = await openPage();
  await colleague.goto(invitation);
  await colleague.getByLabel('Password').fill('a long one of theirs');
  await colleague.getByRole('button', { name: 'Set the password and sign in' }).click();
  await expect(colleague).toHaveURL(`${howdah.url}/`);
  const desk = deskOf(colleague);
  await desk.open(`${howdah.url}/s/${slug}/${database}/query`);
  await desk.run('select name from people');
  await expect(desk.grid().getByRole('gridcell', { name: 'Ada' })).toBeVisible();

  await admin.goto(`${howdah.url}/history`);
  const runs = admin.getByRole('table', { name: 'Runs, newest first' });
  await expect(runs.getByRole('row').filter({ hasText: 'select name from people' })).toContainText(
    'colleague',
  );
});
