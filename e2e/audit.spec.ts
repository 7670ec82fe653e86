import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import pg from 'pg';
import { postQuery, sameOrigin } from './api';
import { expect, settings, test } from './fixtures';
import { awake } from './shell';

function eventsOf(page: Page): Locator {
  return page.getByRole('table', { name: 'Events, newest first' }).getByRole('button');
}

/** Is refused at an entry that only admins may enter, at an address that nothing else asks for. */
async function beRefused(page: Page, marker: string): Promise<void> {
  const headers = { ...sameOrigin, 'user-agent': `agent ${marker}` };
  const answer = await page.request.post(`/api/v1/servers/${marker}/wall`, { data: {}, headers });
  expect(answer.status()).toBe(403);
}

test('what somebody was refused stands in the audit log, with its facts', async ({
  admin,
  reviewer,
  marker,
}) => {
  await beRefused(reviewer, marker);
  await admin.goto('/');
  await admin.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Audit log' }).click();
  await expect(admin).toHaveURL('/settings/audit');
  await awake(admin);
  await admin.getByLabel('Event contains').fill(marker);
  await admin.keyboard.press('Enter');
  await expect(admin).toHaveURL(`/settings/audit?q=${marker}`);
  await expect(eventsOf(admin)).toHaveText([`entry POST /api/v1/servers/${marker}/wall`]);
  await eventsOf(admin).press('Enter');
  const row = admin.getByRole('row').filter({ hasText: `agent ${marker}` });
  await expect(row).toContainText('Security event');
  await expect(row).toContainText('reviewer (session)');
  await expect(row).toContainText('lacks the permission "manage-servers"');
});

test('filters live in the URL, and what they let through can be taken along', async ({
  admin,
  reviewer,
  marker,
}) => {
  await beRefused(reviewer, marker);
  await admin.goto(`/settings/audit?q=${marker}`);
  await expect(eventsOf(admin)).toHaveCount(1);
  for (const [field, choice, parameter, count] of [
    ['Kind', 'User action', 'kind=user', 0],
    ['Kind', 'Security event', 'kind=security', 1],
    ['Action', 'Access: refuse', 'action=access.refuse', 1],
    ['User', 'admin', 'user=admin', 0],
    ['User', 'reviewer', 'user=reviewer', 1],
  ] as const) {
    await admin.getByLabel(field, { exact: true }).selectOption(choice);
    await admin.getByRole('button', { name: 'Filter', exact: true }).click();
    await expect(admin).toHaveURL((url) => url.search.includes(parameter));
    await expect(eventsOf(admin)).toHaveCount(count);
  }
  for (const [name, first] of [
    ['CSV', /^at,ended_at,kind/],
    ['NDJSON', /^\{"id"/],
  ] as const) {
    const download = admin.waitForEvent('download');
    await admin.getByRole('link', { name, exact: true }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toMatch(first);
    expect(text.split(`agent ${marker}`)).toHaveLength(2);
  }
});

test('S50: the page says what is sealed and verified, and names the row that was tampered with', async ({
  admin,
  reviewer,
  marker,
}) => {
  test.setTimeout(120_000);
  await beRefused(reviewer, marker);
  await postQuery(reviewer.request, { sql: `select '${marker}'` });
  await admin.goto('/settings/audit');
  await awake(admin);
  const seals = admin.getByRole('region', { name: 'Seals' });
  const verify = async () => {
    await seals.getByRole('button', { name: 'Verify now' }).click();
    await expect(seals.getByRole('button', { name: 'Verify now' })).toBeEnabled();
  };
  await verify();
  await expect(seals).toContainText(
    /Sealed up to .*Query history verified .*rows fit\. Audit log verified .*rows fit/,
  );
  await waitForSeal(marker);

  const store = new pg.Client({ connectionString: settings.storeUrl });
  await store.connect();
  await store.query('set session_replication_role = replica');
  try {
    await store.query("update audit_log set username = 'somebody else' where user_agent = $1", [
      `agent ${marker}`,
    ]);
    await verify();
    const { rows } = await store.query<{ id: string }>('select id from audit_log where user_agent = $1', [
      `agent ${marker}`,
    ]);
    await expect(seals.getByRole('alert')).toContainText(`The row ${rows[0]?.id} of audit_log was changed`);
    const answer = await admin.request.get('/api/v1/audit/verify');
    expect(await answer.json()).toMatchObject({
      ok: false,
      first_bad: { log: 'audit_log', id: rows[0]?.id },
    });
  } finally {
    await store.query("update audit_log set username = 'reviewer' where user_agent = $1", [
      `agent ${marker}`,
    ]);
    await store.end();
  }
  await verify();
  await expect(seals.getByRole('alert')).toHaveCount(0);
});

/** Waits until the refusal of a test is sealed: until then nobody can tell that it was changed. */
async function waitForSeal(marker: string): Promise<void> {
  const store = new pg.Client({ connectionString: settings.storeUrl });
  await store.connect();
  const isSealed = async () =>
    (
      await store.query(
        'select from audit_log a where user_agent = $1 and exists (select from seals where a.id = any(ids))',
        [`agent ${marker}`],
      )
    ).rowCount;
  await expect.poll(isSealed).toBe(1);
  await store.end();
}

test('S52: that an admin read what others ran is recorded', async ({ admin, developer, marker }) => {
  await postQuery(developer.request, { sql: `select '${marker}'` });
  await admin.goto(`/history?user=developer&q=${marker}`);
  await admin.getByRole('table', { name: 'Runs, newest first' }).getByRole('link').first().click();
  await expect(admin.getByRole('heading', { name: 'Run on demo/blog' })).toBeVisible();
  const id = new URL(admin.url()).pathname.split('/').at(-1);
  const answer = await admin.request.get('/api/v1/audit', {
    params: { action: 'history.read', user: 'admin' },
  });
  const { items } = (await answer.json()) as { items: { subject: string }[] };
  expect(items.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['developer', id]));
});
