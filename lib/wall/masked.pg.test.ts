import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browseRows, countRows, estimateRows } from '../run-browse';
import { exportQuery, exportRelation } from '../run-export';
import { type RunRequest, startScript } from '../run-query';
import { describeDatabaseRelation } from '../run-relations';
import { refreshWall } from '../run-wall';
import { putChoice } from '../store/walls';
import { actorOf, type Fixture, openFixture, requestOf } from '../testing/fixture';
import { maskedColumns, maskedSql } from '../testing/masked';

let fixture: Fixture;
let serverId: string;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(maskedSql);
  serverId = (await fixture.onStore.query('select id from servers')).rows[0].id;
  await putChoice(serverId, { database: fixture.target.name, schemas: ['m'], masks: maskedColumns });
  await refreshWall(serverId);
});
afterAll(() => fixture.close());

const place = (relation: string) => ({
  server: 'demo',
  database: fixture.target.name,
  schema: 'm',
  relation,
});

async function run(role: 'reviewer' | 'developer', sql: string, more: Partial<RunRequest> = {}) {
  const { events } = await startScript(await actorOf(role), requestOf(fixture, sql, more), never);
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen;
}

async function denied(sql: string, more: Partial<RunRequest> = {}) {
  const error = (await run('developer', sql, more)).find((event) => event.type === 'error')?.error;
  expect(error).toMatchObject({ code: 'query_failed', sqlstate: '42501' });
  expect(JSON.stringify(error)).not.toContain('SECRET');
  return error?.hint ?? '';
}

describe('a masked table', () => {
  test('explains select * and offers the column list, at both levels', async () => {
    const list = 'Name the others: select id, name, note from m.people';
    expect(await denied('select * from m.people')).toBe(
      `The columns password, shout of m.people are masked, and * takes all. ${list}`,
    );
    expect(await denied('select count(password) from m.people', { level: 'write' })).toContain(list);
    expect(await denied('select 1; select p.* from m.handed_on p')).toBe(
      'The column password of m.handed_on is masked, and * takes all. Name the others: select id, name from m.handed_on',
    );
    expect(await denied('select * from m.renamed')).toMatch(/^m\.renamed is not open to this level/);
    expect(await denied('select * from elsewhere.ledger')).toMatch(
      /^elsewhere\.ledger is not open to this level/,
    );
  });

  test('is browsed without the column, which no sort, filter or count gets at', async () => {
    const reviewer = await actorOf('reviewer');
    const page = await browseRows(reviewer, place('people'), { filters: [], limit: 10 }, never);
    expect(page.hidden_columns).toEqual(['password', 'shout']);
    expect(page.fields.map(({ name }) => name)).toEqual(['id', 'name', 'note']);
    expect(JSON.stringify(page)).not.toContain('SECRET');
    for (const request of [
      { filters: ['password.like.SECRET%'], limit: 10 },
      { filters: ['or.(id.eq.1,password.like.SECRET%25)'], limit: 10 },
      { filters: [], sort: 'password.desc', limit: 10 },
      { filters: [], sort: 'shout', limit: 10 },
    ]) {
      await expect(browseRows(reviewer, place('people'), request, never)).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    await expect(
      countRows(reviewer, place('people'), { filters: ['password.eq.SECRET-ada'] }, never),
    ).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      estimateRows(reviewer, place('people'), ['or.(password.eq.SECRET-ada,id.eq.1)'], never),
    ).rejects.toMatchObject({ code: 'invalid' });
    const child = await browseRows(reviewer, place('child'), { filters: [], limit: 10 }, never);
    expect(child).toMatchObject({ hidden_columns: ['token'], rows: [['1', 'x']] });
    for (const view of ['renamed', 'whole', 'stored_hash']) {
      await expect(browseRows(reviewer, place(view), { filters: [], limit: 10 }, never)).rejects.toThrow();
    }
  });

  test('says in its structure which columns are closed', async () => {
    const { columns } = await describeDatabaseRelation(await actorOf('reviewer'), place('people'));
    expect(columns.filter(({ is_masked }) => is_masked).map(({ name }) => name)).toEqual([
      'password',
      'shout',
    ]);
  });
});

describe('S24: an export', () => {
  const format = 'csv' as const;
  const options = { format, escapeFormulas: false };
  const textOf = async (opening: ReturnType<typeof exportQuery>) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await opening).stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const relation = async (name: string, more = {}) => {
    const { server, database } = place(name);
    const request = { server, database, relation: `m.${name}`, filters: [], ...more };
    return exportRelation(await actorOf('developer'), request, options, never);
  };

  test.each(['csv', 'json', 'ndjson', 'sql'] as const)(
    'of a masked table as %s is without the column',
    async (each) => {
      const request = { server: 'demo', database: fixture.target.name, relation: 'm.people', filters: [] };
      const options = { format: each, escapeFormulas: false };
      const text = await textOf(exportRelation(await actorOf('reviewer'), request, options, never));
      expect(text).toContain('Ada');
      expect(text).not.toMatch(/SECRET|password|shout/i);
    },
  );

  test.each([
    [{ sort: 'password' }],
    [{ columns: 'id,password' }],
    [{ sort: 'id,shout.desc' }],
    [{ filters: ['password.like.SECRET%'] }],
    [{ filters: ['shout.is.null'] }],
    [{ filters: ['or.(id.eq.1,and.(shout.is.null))'] }],
  ])('takes no %j', async (more) => {
    await expect(relation('people', more)).rejects.toMatchObject({ code: 'invalid' });
  });

  test.each(['renamed', 'computed', 'whole', 'composite', 'joined', 'sorted', 'stored_hash', 'compared'])(
    'of the view %s, which shows it in another form, is refused',
    async (view) => {
      await expect(textOf(relation(view))).rejects.toMatchObject({ sqlstate: '42501' });
    },
  );

  test.each([
    'select password from m.people',
    'select * from m.people',
    'table m.people',
    'select p from m.people p',
    'select to_jsonb(p) from m.people p',
    'select id from m.people order by password',
    "select id from m.people where password = 'x'",
    'select password::int from m.people',
    'select 1 / (length(password) - length(password)) from m.people',
    'select m.invoker()',
    'select m.row_of(p) from m.people p',
    'select token from m.parent union all select token from m.parts',
    'select * from (select password from m.people limit 0) s',
    'select $1::text || password from m.people',
  ])('of %s is denied, and its error tells nothing', async (sql) => {
    for (const role of ['reviewer', 'developer'] as const) {
      for (const each of ['csv', 'json'] as const) {
        const params = sql.includes('$1') ? ['x'] : [];
        const request = { server: 'demo', database: fixture.target.name, sql, params };
        const options = { format: each, escapeFormulas: false };
        const error = await textOf(exportQuery(await actorOf(role), request, options, never)).catch((e) => e);
        expect(error, sql).toMatchObject({ sqlstate: '42501' });
        expect(`${error.message} ${error.hint}`).not.toContain('SECRET');
      }
    }
  });

  test('explains itself as the SQL page does', async () => {
    const request = {
      server: 'demo',
      database: fixture.target.name,
      sql: 'select * from m.people where id > 1',
      params: [],
    };
    await expect(exportQuery(await actorOf('reviewer'), request, options, never)).rejects.toMatchObject({
      hint: expect.stringContaining('select id, name, note from m.people'),
      suggestion: 'select id, name, note from m.people where id > 1',
    });
  });
});

test('a new table is granted by the denial itself, and the next run reads it', async () => {
  await fixture.onTarget.query('create table m.brand_new as select 1 as n');
  await fixture.onStore.query("update walls set synced_at = now() - interval '30 s'");
  expect(await denied('select * from m.brand_new')).toBe(
    'm.brand_new was granted to this level just now: run it again.',
  );
  expect((await run('developer', 'select * from m.brand_new')).at(-1)).toMatchObject({
    type: 'done',
    row_count: 1,
  });
});

describe('S69: on a production server', () => {
  beforeAll(() => fixture.onStore.query("update servers set environment = 'production'"));
  afterAll(() => fixture.onStore.query("update servers set environment = 'development'"));
  const level = 'write';

  test.each([
    ['create table m.x ()', /a change of definitions/],
    ['truncate m.people', /TRUNCATE/],
    ['delete from m.people', /DELETE without WHERE/],
    ['select 1; update m.people set name = null', /UPDATE without WHERE/],
    ['with d as (delete from m.people returning id) select * from d', /DELETE without WHERE/],
  ])('%s asks for the names', async (sql, message) => {
    const names = `demo/${fixture.target.name}`;
    for (const confirm of [undefined, 'demo', `${names} `, 'demo/other']) {
      const started = run('developer', sql, { level, confirm });
      await expect(started).rejects.toThrow(message);
      await expect(run('developer', sql, { level, confirm })).rejects.toMatchObject({
        code: 'invalid',
        hint: expect.stringContaining(`confirm: "${names}"`),
      });
    }
    const confirmed = await run('developer', sql, { level, confirm: names, isDryRun: true });
    expect(confirmed[0]).toMatchObject({ type: 'start' });
  });

  test('what names its rows does not, and other servers do not ask', async () => {
    const named = await run('developer', 'update m.people set name = name where id = 1', { level });
    expect(named.at(-1)).toMatchObject({ type: 'done', row_count: 1 });
    await fixture.onStore.query("update servers set environment = 'staging'");
    const all = await run('developer', 'update m.people set name = name', { level });
    expect(all.at(-1)).toMatchObject({ type: 'done', row_count: 2 });
    await fixture.onStore.query("update servers set environment = 'production'");
  });
});
