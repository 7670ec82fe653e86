import type { Page } from '@playwright/test';
import type pg from 'pg';
import { deleteQuery, findRuns, postQuery, sameOrigin } from './api';
import { countBusy, expectToStop, waitForSleeper } from './backends';
import { deskOf } from './desk';
import { expect, test } from './fixtures';

const sleep = (marker: string) => `select pg_sleep(60), '${marker}'`;

/** Expects that the history says of the run with this text how it ended. */
async function expectStatus(page: Page, marker: string, status: string): Promise<void> {
  const statuses = async () => (await findRuns(page.request, marker)).map((run) => run.status);
  await expect.poll(statuses, { message: 'the status in the history' }).toEqual([status]);
}

/** Expects that within a second no backend works for these statements or holds their transactions open. */
async function expectNoneBusy(server: pg.Client, marker: string): Promise<void> {
  await expect
    .poll(() => countBusy(server, marker), {
      message: 'busy backends after 1 s',
      timeout: 1_000,
      intervals: [50],
    })
    .toBe(0);
}

test('the Cancel button stops the statement within 1 s', async ({ developer, server, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(sleep(marker));
  const backend = await waitForSleeper(server, marker);
  await expect(desk.toolbar.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  await expect(desk.tabs).toHaveCount(1);
  await desk.toolbar.getByRole('button', { name: 'Cancel' }).click();
  await expectToStop(server, backend);
  await expect(desk.tabs).toHaveText(['1SELECT · cancelled']);
  await expect(developer.getByText('The statement was cancelled.')).toBeVisible();
  await expectStatus(developer, marker, 'cancelled');
  await desk.run(`select 'again ${marker}'`);
  await expect(desk.tabs).toHaveText(['1SELECT · 1 row']);
});

test('Cancel stops a script: what follows does not run', async ({ developer, server, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.runAll(`select 1;\n${sleep(marker)};\nselect 3;\nselect 4;`);
  const backend = await waitForSleeper(server, marker);
  await expect(desk.tabs).toHaveCount(2);
  await desk.toolbar.getByRole('button', { name: 'Cancel' }).click();
  await expectToStop(server, backend);
  await expect(desk.tabs).toHaveText(['1SELECT · 1 row', '2SELECT · cancelled', '3–4 skipped']);
  await expectStatus(developer, marker, 'cancelled');
});

test('Cancel before Howdah has answered leaves nothing behind', async ({ developer, server, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(sleep(marker));
  await desk.toolbar.getByRole('button', { name: 'Cancel' }).click();
  await expect(desk.toolbar.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await expectNoneBusy(server, marker);
  await desk.run(`select 'again ${marker}'`);
  await expect(desk.tabs).toHaveText(['1SELECT · 1 row']);
});

test('a client that leaves at any moment leaves nothing behind', async ({ developer, server, marker }) => {
  // Around 100 ms a run ceases to be answered in one piece; who leaves just then must not be forgotten.
  for (let timeout = 80; timeout <= 140; timeout += 1.5) {
    const url = '/api/v1/servers/demo/databases/blog/queries';
    const options = { data: { sql: sleep(marker) }, headers: sameOrigin, timeout };
    await expect(developer.request.post(url, options)).rejects.toThrow();
  }
  await expectNoneBusy(server, marker);
  const answer = await postQuery(developer.request, { sql: 'select 1' });
  expect(await answer.text()).toContain('"type":"done"');
});

test('closing the tab stops the statement within 1 s', async ({ openPage, server, marker }) => {
  const page = await openPage('developer');
  const other = await page.context().newPage();
  const desk = deskOf(page);
  await desk.open();
  await desk.run(sleep(marker));
  const backend = await waitForSleeper(server, marker);
  await page.close();
  await expectToStop(server, backend);
  await expectStatus(other, marker, 'cancelled');
});

test('leaving the page stops the statement within 1 s', async ({ developer, server, marker }) => {
  const desk = deskOf(developer);
  await desk.open();
  await desk.run(sleep(marker));
  const backend = await waitForSleeper(server, marker);
  await developer.getByRole('link', { name: 'History' }).click();
  await expectToStop(server, backend);
  await expectStatus(developer, marker, 'cancelled');
});

test('DELETE stops a statement by its own id and by its script within 1 s', async ({
  developer,
  server,
  marker,
}) => {
  for (const name of ['id', 'script_id'] as const) {
    const text = `${marker}-${name}`;
    const answer = postQuery(developer.request, { sql: sleep(text) });
    const backend = await waitForSleeper(server, text);
    const [run] = await findRuns(developer.request, text);
    const deleted = await deleteQuery(developer.request, run?.[name] ?? 'none');
    expect(deleted.status()).toBe(204);
    await expectToStop(server, backend);
    expect(await (await answer).text()).toContain('"sqlstate":"57014"');
    await expectStatus(developer, text, 'cancelled');
    expect((await deleteQuery(developer.request, run?.[name] ?? 'none')).status()).toBe(409);
  }
});

test('DELETE is for who runs it, and for admins', async ({ admin, developer, reviewer, server, marker }) => {
  const answer = postQuery(developer.request, { sql: sleep(marker) });
  const backend = await waitForSleeper(server, marker);
  const [run] = await findRuns(developer.request, marker);
  expect((await deleteQuery(reviewer.request, run?.id ?? 'none')).status()).toBe(403);
  expect((await deleteQuery(admin.request, run?.id ?? 'none')).status()).toBe(204);
  await expectToStop(server, backend);
  await answer;
  await expectStatus(reviewer, marker, 'cancelled');
});

test('DELETE of a run that nobody knows is a 404', async ({ developer }) => {
  const answer = await deleteQuery(developer.request, '01900000-0000-7000-8000-000000000000');
  expect(answer.status()).toBe(404);
});
