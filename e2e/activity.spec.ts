import pg from 'pg';
import { findRuns, postQuery } from './api';
import { waitForSleeper } from './backends';
import { expect, settings, test } from './fixtures';
import { awake } from './shell';

test('a developer sees a statement of their own and who blocks it, and cancels it', async ({
  developer,
  server,
  marker,
}) => {
  const blocker = new pg.Client({
    connectionString: new URL('/blog', settings.serverUrl).href,
    application_name: marker,
  });
  await blocker.connect();
  await blocker.query('begin; lock table posts in access exclusive mode');
  const sql = `select count(*), '${marker}' from posts`;
  // By itself a statement waits for a lock no longer than two seconds.
  const script = `set lock_timeout = '1min'; ${sql}`;
  const answer = postQuery(developer.request, { sql: script, level: 'write' });
  try {
    await expect
      .poll(async () => {
        const { rowCount } = await server.query(
          "select from pg_stat_activity where wait_event_type = 'Lock' and strpos(query, $1) > 0",
          [marker],
        );
        return rowCount;
      })
      .toBe(1);
    await developer.goto(`/s/demo/activity?q=${marker}`);
    await awake(developer);
    const { processID } = blocker as pg.Client & { processID: number };
    const row = developer.getByRole('row').filter({ hasText: `waits for ${processID}` });
    await expect(row).toContainText(sql);
    await expect(developer.getByRole('row').filter({ hasText: 'blocks 1' })).toContainText(String(processID));
    await expect(developer.getByText('PostgreSQL hides from it what')).toBeVisible();
    await row.getByRole('button', { name: /^Cancel \d+$/ }).click();
    const dialog = developer.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: /^Cancel the statement/ })).toBeDisabled();
    await dialog.getByLabel('Reason').fill('it waits for a lock');
    await dialog.getByRole('button', { name: /^Cancel the statement/ }).click();
    await expect(dialog).toBeHidden();
    expect(await (await answer).text()).toContain('57014');
    await expect.poll(async () => (await findRuns(developer.request, marker))[0]?.status).toBe('cancelled');
  } finally {
    await blocker.end();
  }
});

test('an admin sees the blocker itself, terminates it with a reason, and that is on record', async ({
  admin,
  marker,
}) => {
  const blocker = new pg.Client({
    connectionString: new URL('/blog', settings.serverUrl).href,
    application_name: marker,
  });
  blocker.on('error', () => undefined);
  await blocker.connect();
  await blocker.query(`begin; select '${marker}'`);
  await admin.goto(`/s/demo/activity?q=${marker}`);
  await awake(admin);
  const { processID: pid } = blocker as pg.Client & { processID: number };
  const row = admin.getByRole('row').filter({ hasText: String(pid) });
  await expect(row).toContainText('idle in transaction');
  await row.getByRole('button', { name: `Terminate ${pid}` }).click();
  await admin.getByLabel('Reason').fill(`left open ${marker}`);
  await admin.getByRole('button', { name: `Terminate backend ${pid}` }).click();
  await expect(admin.getByRole('dialog')).toBeHidden();
  await expect(row).toHaveCount(0);
  await expect(blocker.query('select 1')).rejects.toThrow();
  const store = new pg.Client({ connectionString: settings.storeUrl });
  await store.connect();
  const { rows } = await store.query(
    "select result from audit_log where action = 'backend.terminate' and detail ->> 'reason' = $1 order by at",
    [`left open ${marker}`],
  );
  await store.end();
  expect(rows.map(({ result }) => result)).toEqual(['started', 'succeeded']);
});

test('the list follows what happens until it is paused', async ({ developer, server, marker }) => {
  await developer.goto(`/s/demo/activity?q=${marker}`);
  await awake(developer);
  await expect(developer.getByText('No backend matches')).toBeVisible();
  const answer = postQuery(developer.request, { sql: `select pg_sleep(20), '${marker}'` });
  await waitForSleeper(server, marker);
  const row = developer.getByRole('row').filter({ hasText: marker });
  await expect(row).toBeVisible();
  await developer.getByRole('button', { name: 'Pause' }).click();
  const [run] = await findRuns(developer.request, marker);
  await developer.request.delete(`/api/v1/queries/${run?.id}`, { headers: { origin: settings.baseUrl } });
  await answer;
  await expect(row).toBeVisible();
  await developer.getByRole('button', { name: 'Go on' }).click();
  await expect(row).toHaveCount(0);
});

test('maintenance says what it does before, and its job what came of it', async ({ admin, reviewer }) => {
  await admin.goto('/s/demo/unm_prep/health');
  await awake(admin);
  const tables = admin.getByRole('group', { name: 'Largest tables' });
  await tables.getByRole('button').first().click();
  const dialog = admin.getByRole('dialog');
  const plan = dialog.getByRole('region', { name: 'What will happen' });
  await expect(plan).toContainText('SHARE UPDATE EXCLUSIVE');
  await dialog.getByLabel('FULL: rewrite the table, locked').check();
  await expect(plan).toContainText('ACCESS EXCLUSIVE');
  await expect(plan).toContainText('vacuum (verbose, full, analyze)');
  await dialog.getByLabel('Work', { exact: true }).selectOption('analyze');
  await expect(plan).toContainText('analyze (verbose)');
  await dialog.getByRole('button', { name: 'ANALYZE on unm_prep' }).click();
  await expect(admin.getByRole('heading', { name: /Maintenance of demo\/unm_prep/ })).toBeVisible();
  await expect(admin.getByText('It is done.')).toBeVisible();
  await reviewer.goto('/s/demo/unm_prep/health');
  await expect(reviewer.getByRole('heading', { name: 'Largest tables' })).toBeVisible();
  await expect(reviewer.getByRole('button', { name: /^Maintain/ })).toHaveCount(0);
});

test('every table of a database is maintained from its Health page, and a locked one is left out by name', async ({
  admin,
}) => {
  const blocker = new pg.Client({ connectionString: new URL('/unm_prep', settings.serverUrl).href });
  await blocker.connect();
  const { rows } = await blocker.query<{ name: string }>(
    "select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace limit 1",
  );
  const name = rows[0]?.name ?? '';
  await blocker.query(`begin; lock table ${name} in share update exclusive mode`);
  try {
    await admin.goto('/s/demo/unm_prep/health');
    await awake(admin);
    await admin.getByRole('button', { name: 'Maintain all tables…' }).click();
    const dialog = admin.getByRole('dialog', { name: 'Maintain all tables of unm_prep' });
    const plan = dialog.getByRole('region', { name: 'What will happen' });
    await expect(plan).toContainText('vacuum (verbose, analyze)');
    await expect(plan).toContainText(`ShareUpdateExclusiveLock on ${name}`);
    await dialog.getByLabel('Work', { exact: true }).selectOption('reindex');
    await expect(dialog.getByText('REINDEX DATABASE cannot run in a transaction')).toBeVisible();
    await expect(plan).toContainText('reindex (verbose, concurrently) table');
    await dialog.getByLabel('Work', { exact: true }).selectOption('analyze');
    await expect(plan).toContainText('-- and so for');
    await dialog.getByRole('button', { name: 'ANALYZE on unm_prep' }).click();
    await expect(admin.getByText('It is done.')).toBeVisible();
    await expect(admin.getByRole('region', { name: 'Result' }).getByRole('listitem')).toContainText(
      `${name}: canceling statement due to lock timeout`,
    );
  } finally {
    await blocker.end();
  }
});
