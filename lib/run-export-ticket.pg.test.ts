import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExportTicket } from './browse-schema';
import { cancelQuery } from './run-cancel';
import { prepareExport, takeExport } from './run-export-ticket';
import { readProgress } from './run-progress';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture, until } from './testing/fixture';

let fixture: Fixture;
let reviewer: Actor;
let developer: Actor;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(
    'create table cells as select i as id, i::text as body from generate_series(1, 3) i',
  );
  reviewer = await actorOf('reviewer');
  developer = await actorOf('developer');
});
afterAll(() => fixture.close());

function prepare(wanted: Partial<ExportTicket>, actor = reviewer) {
  const usual = { filter: [], params: [], format: 'csv', escape_formulas: false } as const;
  const place = { server: 'demo', database: fixture.target.name };
  return prepareExport(actor, { ...usual, filter: [], params: [], ...place, ...wanted });
}

async function fileOf(ticket: string, actor = reviewer): Promise<string> {
  const { stream } = await takeExport(actor, ticket, never);
  return new Response(stream).text();
}

const runs = async (id: string) =>
  (await fixture.onStore.query('select from query_history where id = $1', [id])).rowCount;

describe('a ticket', () => {
  test('is one export, whose run has the id that was told', async () => {
    const { id, ticket } = await prepare({ relation: 'public.cells', sort: 'id.desc', filter: ['id.gt.1'] });
    expect(await runs(id)).toBe(0);
    expect(await fileOf(ticket)).toBe('id,body\n3,3\n2,2\n');
    expect(await readProgress(reviewer, id)).toMatchObject({ id, status: 'succeeded', rows: 2 });
    const query = await prepare({ sql: 'select $1 as n', params: ['x'], format: 'ndjson' });
    expect(await fileOf(query.ticket)).toBe('{"n":"x"}\n');
  });

  test('is good once, also when it is used twice at the same time', async () => {
    const { id, ticket } = await prepare({ sql: 'select 1 as n' });
    const files = await Promise.allSettled([fileOf(ticket), fileOf(ticket)]);
    expect(files.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(fileOf(ticket)).rejects.toMatchObject({ code: 'conflict' });
    expect(await runs(id)).toBe(1);
  });

  test("is nobody else's, and nothing can be changed in it", async () => {
    const { ticket } = await prepare({ sql: 'select 1 as n' });
    await expect(fileOf(ticket, developer)).rejects.toMatchObject({ code: 'invalid' });
    const [version, key, iv, text = '', tag] = ticket.split('.');
    const changed = [version, key, iv, `${text.slice(0, -4)}AAAA`, tag].join('.');
    for (const wrong of [changed, '', 'x', `${ticket}x`])
      await expect(fileOf(wrong)).rejects.toMatchObject({ code: 'invalid' });
    expect(await fileOf(ticket)).toBe('n\n1\n');
  });

  test('is not given for what cannot be exported', async () => {
    for (const wanted of [
      { sql: 'select 1; select 2' },
      { sql: 'delete from cells returning 1' },
      { sql: 'select 1) to stdout; create table made (i int' },
      { relation: 'public.cells', filter: ['nothing.eq.1'] },
      { relation: 'public.cells', sql: 'select 1' },
      {},
    ])
      await expect(prepare(wanted)).rejects.toMatchObject({ code: 'invalid' });
    await expect(prepare({ relation: 'public.nothing' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('the progress of a run is told while it runs, to whoever runs it, who may cancel it', async () => {
  const { id, ticket } = await prepare({ sql: "select repeat('x', 1000), generate_series(1, 100000000)" });
  const { stream } = await takeExport(reviewer, ticket, never);
  const reader = stream.getReader();
  const drained = (async () => {
    for (;;) if ((await reader.read()).done) return 'whole';
  })();
  const broken = expect(drained).rejects.toMatchObject({ sqlstate: '57014' });
  await until('rows are counted', async () => ((await readProgress(reviewer, id)).rows ?? 0) > 1000);
  const { status, bytes } = await readProgress(reviewer, id);
  expect([status, (bytes ?? 0) > 1_000_000]).toEqual(['running', true]);
  await expect(readProgress(developer, id)).rejects.toMatchObject({ code: 'not_found' });
  await cancelQuery(reviewer, id);
  await broken;
  expect(await readProgress(reviewer, id)).toMatchObject({ status: 'cancelled' });
});
