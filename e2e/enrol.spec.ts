import pg from 'pg';
import { expect, onDatabase, settings, test } from './fixtures';
import { awake } from './shell';

const slug = 'second-house';
const database = 'e2e_second';
const owner = 'e2e_second_owner';
const password = 'canary-pässword/1';

test.describe.configure({ mode: 'serial' });

/** Does `work` while no role's settings can be changed: an enrolment comes to its second step, and waits. */
async function holdSettings(work: () => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: settings.serverUrl });
  await holder.connect();
  await holder.query('begin; lock table pg_db_role_setting in share mode');
  await work().finally(() => holder.end());
}

test.beforeAll(async ({ server }) => {
  await server.query(`create role ${owner} login superuser password '${password}'`);
  await server.query(`create database ${database}`);
  await onDatabase(database, (client) =>
    client.query(`create table people (id int primary key, name text, password text);
      insert into people values (1, 'Ada', 'SECRET');
      create view hashes as select id, md5(password) as hash from people`),
  );
});

test.afterAll(async ({ server, playwright, signedIn }) => {
  const request = await playwright.request.newContext({
    baseURL: settings.baseUrl,
    storageState: signedIn.admin,
  });
  await request.delete(`/api/v1/servers/${slug}?confirm=${slug}&drop_roles=true`, {
    headers: { origin: settings.baseUrl },
  });
  await request.dispose();
  await server.query(`drop database if exists ${database} with (force)`);
  await server.query(`drop role if exists ${owner}`);
});

test('an admin adds a server from what a configuration says, tests it first, and sees the verdicts', async ({
  admin,
}) => {
  const said: string[] = [];
  admin.on('response', async (response) => {
    if (response.url().includes('/api/')) said.push(await response.text().catch(() => ''));
  });
  const { hostname, port } = new URL(settings.serverUrl);
  await admin.goto('/settings/servers');
  await admin.getByRole('link', { name: 'Add a server' }).first().click();
  await expect(admin.getByRole('heading', { name: 'Add a server' })).toBeVisible();
  await awake(admin);
  await admin
    .getByLabel('Paste a URL, or what a configuration says')
    .fill(
      `# .env\nDB_HOST=${hostname}\nDB_PORT=${port}\nDB_NAME=${database}\nDB_USER=${owner}\nDB_PASSWORD=wrong\nPGSSLKEY=/etc/shadow`,
    );
  await expect(admin.getByText('without PGSSLKEY')).toBeVisible();
  await expect(admin.getByLabel('Host')).toHaveValue(hostname);
  await admin.getByRole('button', { name: 'Test the connection' }).click();
  await expect(admin.getByRole('alert').filter({ hasText: 'refused the password' })).toBeVisible();

  await admin.getByLabel('Password of the role').fill(password);
  await admin.getByRole('button', { name: 'Test the connection' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'It is a superuser' })).toContainText(
    'enrolled already, as demo',
  );
  await admin.getByLabel('Name', { exact: true }).fill('Second house');
  await expect(admin.getByLabel('Slug')).toHaveValue(slug);
  await admin.getByLabel('Environment').selectOption('production');
  await holdSettings(async () => {
    await admin.getByRole('button', { name: 'Add the server' }).click();
    const steps = admin.getByRole('list', { name: 'Steps taken' }).getByRole('listitem');
    await expect(steps).toHaveText(['DoneMake the login role howdah_read_second_house']);
    await expect(admin.getByRole('button', { name: 'Working…' })).toBeDisabled();
  });

  await expect(admin.getByRole('heading', { name: 'Second house', level: 1 })).toBeVisible();
  const wall = admin.getByRole('region', { name: 'Wall' });
  await expect(wall.getByText('Enforced by PostgreSQL')).toHaveCount(2);
  await expect(
    admin.getByRole('row', { name: /Log in as howdah_read_second_house required Done/ }),
  ).toBeVisible();
  await expect(admin.getByRole('list', { name: 'Connections in use now' })).toContainText(
    'howdah_read_second_house',
  );
  expect(said.join('\n')).not.toContain(password);
  expect(await admin.content()).not.toContain(password);
});

test('the admin masks a column by its name, and is told what that closes', async ({ admin }) => {
  await admin.goto(`/settings/servers/${slug}`);
  await admin.getByRole('link', { name: 'Choose schemas and masked columns' }).click();
  const section = admin.getByRole('region', { name: database });
  await expect(section).toBeVisible();
  await awake(admin);
  await section.getByRole('checkbox', { name: /public\.people\.password/ }).check();
  await section.getByRole('button', { name: `Apply to ${database}` }).click();
  await expect(section.getByText('Applied, and tried as the roles of the levels.')).toBeVisible();
  await expect(section.getByRole('listitem').filter({ hasText: 'public.people: password' })).toBeVisible();
  await expect(section.getByRole('listitem').filter({ hasText: 'public.hashes, all of it' })).toBeVisible();
});

test('a reviewer with access sees that the column is closed, and not what it holds', async ({ reviewer }) => {
  const store = new pg.Client({ connectionString: settings.storeUrl });
  await store.connect();
  await store.query(
    `insert into server_access (user_id, server_id, level)
      select u.id, s.id, 'read' from users u, servers s where u.username = 'reviewer' and s.slug = $1
      on conflict do nothing`,
    [slug],
  );
  await store.end();
  const path = `/s/${slug}/${database}/r/public/people`;
  await reviewer.goto(path);
  await expect(reviewer.getByRole('gridcell', { name: 'Ada' })).toBeVisible();
  expect(await reviewer.content()).not.toContain('SECRET');
  await reviewer.goto(`${path}/structure`);
  await expect(reviewer.getByRole('row', { name: /^password/ })).toContainText('masked');
  const refused = await reviewer.request.get(`/api/v1/servers/${slug}`);
  expect(refused.status()).toBe(403);
});

test('a backup of the first server is verified on the second, from the page', async ({ admin }) => {
  await admin.goto(`/s/demo/${database}/backups`);
  await admin.getByRole('button', { name: 'Back up now' }).click();
  const actions = admin.getByRole('button', { name: `Actions for the backup of ${database}` });
  await actions.first().click({ timeout: 60_000 });
  await admin.getByRole('menuitem', { name: 'Verify on another server…' }).click();
  const dialog = admin.getByRole('dialog', { name: `Verify a backup of ${database}` });
  await dialog.getByLabel('Server').selectOption(slug);
  await dialog.getByRole('button', { name: `Verify on ${slug}` }).click();
  await expect(admin.getByRole('heading', { name: `${slug}/${database}` })).toBeVisible();
  await expect(admin.getByText('A restore has proven this backup')).toBeVisible({ timeout: 60_000 });
});

test('the limits change, and the name must be typed before the server is removed', async ({
  admin,
  server,
}) => {
  await admin.goto(`/settings/servers/${slug}`);
  await awake(admin);
  await admin.getByLabel('Connections a level').fill('2');
  await admin.getByRole('button', { name: 'Save the limits' }).click();
  await expect(admin.getByRole('list', { name: 'Connections in use now' })).toContainText('of 6 connections');
  const ask = admin.getByRole('button', { name: 'Remove Second house…' });
  await ask.click();
  await admin.keyboard.press('Escape');
  await expect(ask, 'Esc gives the focus back').toBeFocused();
  await ask.press('Enter');
  const dialog = admin.getByRole('dialog', { name: 'Remove Second house' });
  const remove = dialog.getByRole('button', { name: `Remove ${slug}` });
  await expect(dialog).toContainText('query history, its jobs and its backups with their files stay');
  await expect(remove).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /drop them first/ }).check();
  await dialog.getByLabel(`Type ${slug} to go on`).fill(slug);
  await remove.click();
  await expect(admin.getByRole('heading', { name: 'Servers', level: 1 })).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Second house' })).toHaveCount(0);
  const { rows } = await server.query(
    "select rolname from pg_roles where rolname like 'howdah%second_house'",
  );
  expect(rows).toEqual([]);
});
